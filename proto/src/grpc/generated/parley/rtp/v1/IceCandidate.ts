// Original file: proto/parley/rtp/v1/rtp.proto


export interface IceCandidateInput {
  'foundation'?: (string);
  'priority'?: (number);
  'address'?: (string);
  /**
   * udp or tcp.
   */
  'protocol'?: (string);
  'port'?: (number);
  /**
   * host, srflx, prflx or relay.
   */
  'type'?: (string);
  /**
   * Set for tcp only, where it is always passive.
   */
  'tcpType'?: (string);
  '_tcpType'?: "tcpType";
}

export interface IceCandidate {
  'foundation': (string);
  'priority': (number);
  'address': (string);
  /**
   * udp or tcp.
   */
  'protocol': (string);
  'port': (number);
  /**
   * host, srflx, prflx or relay.
   */
  'type': (string);
  /**
   * Set for tcp only, where it is always passive.
   */
  'tcpType'?: (string);
  '_tcpType'?: "tcpType";
}
