// Original file: proto/parley/media/v1/media.proto


/**
 * Unset layers: nothing is forwarded now.
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
 * Unset layers: nothing is forwarded now.
 */
export interface ConsumerLayersChanged {
  'peerId': (string);
  'consumerId': (string);
  'spatialLayer'?: (number);
  'temporalLayer'?: (number);
  '_spatialLayer'?: "spatialLayer";
  '_temporalLayer'?: "temporalLayer";
}
