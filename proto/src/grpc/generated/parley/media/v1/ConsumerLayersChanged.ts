// Original file: proto/parley/media/v1/media.proto


/**
 * The layers that are forwarded now. If they are unset, none is.
 */
export interface ConsumerLayersChangedInput {
  'peerId'?: (string);
  'consumerId'?: (string);
  'spatialLayer'?: (number);
  'temporalLayer'?: (number);
  '_spatialLayer'?: "spatialLayer";
  '_temporalLayer'?: "temporalLayer";
}

/**
 * The layers that are forwarded now. If they are unset, none is.
 */
export interface ConsumerLayersChanged {
  'peerId': (string);
  'consumerId': (string);
  'spatialLayer'?: (number);
  'temporalLayer'?: (number);
  '_spatialLayer'?: "spatialLayer";
  '_temporalLayer'?: "temporalLayer";
}
