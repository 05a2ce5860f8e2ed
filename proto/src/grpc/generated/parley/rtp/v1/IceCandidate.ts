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
   * Only for tcp: always passive on the server's side.
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
   * Only for tcp: always passive on the server's side.
   */
  'tcpType'?: (string);
  '_tcpType'?: "tcpType";
}
