// Original file: proto/parley/media/v1/media.proto


/**
 * Spatial layers count from 0 (smallest); an unset layer leaves the choice to the SFU.
 */
export interface PreferredLayersInput {
  'spatialLayer'?: (number);
  'temporalLayer'?: (number);
  '_temporalLayer'?: "temporalLayer";
}

/**
 * Spatial layers count from 0 (smallest); an unset layer leaves the choice to the SFU.
 */
export interface PreferredLayers {
  'spatialLayer': (number);
  'temporalLayer'?: (number);
  '_temporalLayer'?: "temporalLayer";
}
