/** The port the HTTP API listens on where none is asked for. */
export const defaultPort = 2850;
export const defaultDataDirectory = '.daybook';
