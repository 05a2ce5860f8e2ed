// Original file: proto/parley/media/v1/media.proto


/**
 * Layers count from 0 (the smallest). Without a temporal layer the node chooses it.
 */
export interface PreferredLayersInput {
  'spatialLayer'?: (number);
  'temporalLayer'?: (number);
  '_temporalLayer'?: "temporalLayer";
}

/**
 * Layers count from 0 (the smallest). Without a temporal layer the node chooses it.
 */
export interface PreferredLayers {
  'spatialLayer': (number);
  'temporalLayer'?: (number);
  '_temporalLayer'?: "temporalLayer";
}
