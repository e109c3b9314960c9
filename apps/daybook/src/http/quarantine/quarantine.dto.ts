import { ListDto } from '../requests/read.dto.js';

/** The quarantine is read as it stands now, so it holds whatever `after` names without waiting. */
export class QuarantineQueryDto extends ListDto {}
