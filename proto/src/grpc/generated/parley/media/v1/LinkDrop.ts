// Original file: proto/parley/media/v1/media.proto


/**
 * The caller needs the producer no more.
 */
export interface LinkDropInput {
  'producerId'?: (string);
}

/**
 * The caller needs the producer no more.
 */
export interface LinkDrop {
  'producerId': (string);
}
