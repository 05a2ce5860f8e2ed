// Original file: proto/parley/media/v1/media.proto


export interface WorkerStatusInput {
  'index'?: (number);
  'pid'?: (number);
  /**
   * The worker answered the last health question in time.
   */
  'healthy'?: (boolean);
  'rtcPort'?: (number);
  'routers'?: (number);
  'transports'?: (number);
  'producers'?: (number);
  'consumers'?: (number);
  /**
   * 0 to 1 of one core, smoothed over about a second.
   */
  'cpu'?: (number | string);
}

export interface WorkerStatus {
  'index': (number);
  'pid': (number);
  /**
   * The worker answered the last health question in time.
   */
  'healthy': (boolean);
  'rtcPort': (number);
  'routers': (number);
  'transports': (number);
  'producers': (number);
  'consumers': (number);
  /**
   * 0 to 1 of one core, smoothed over about a second.
   */
  'cpu': (number);
}
