/**
 * The server's command-line settings; they win over the files of the cluster, so a new release
 * changes them for old clusters too. fsync, full_page_writes and synchronous_commit keep their
 * durable defaults. So do those of the write-ahead log: 28,000 events write 200 MB of it, of which page
 * images are a twentieth at most, and what Linux counts as written by a server is many times what is: it
 * counts the whole folio of its cache (1 MB in a segment filled ahead) for each page of 8 kB.
 */
export function serverSettings(port: number): readonly string[] {
  return Object.entries({
    port: String(port),
    listen_addresses: '127.0.0.1',
    // A socket's folder may be unreachable for one side, or its path too long.
    unix_socket_directories: '',
    max_connections: '50',
    shared_buffers: '256MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Statements and row values hold business data, which has no place in a log file.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
