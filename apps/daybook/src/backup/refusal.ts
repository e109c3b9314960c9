/** Why nothing was backed up, restored or copied; the message says what to do. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';

  constructor(
    readonly code:
      | 'target_not_empty'
      | 'target_in_data_directory'
      | 'target_unusable'
      | 'not_a_backup'
      | 'backup_damaged'
      | 'backup_newer'
      | 'database_in_use'
      | 'key_file_missing'
      | 'key_file_wrong'
      | 'key_being_replaced'
      | 'ledger_missing'
      | 'copy_differs'
      | 'copy_refused',
    message: string,
  ) {
    super(message);
  }
}
