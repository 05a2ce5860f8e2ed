// Original file: proto/parley/rtp/v1/rtp.proto


export interface IceParametersInput {
  'usernameFragment'?: (string);
  'password'?: (string);
  'iceLite'?: (boolean);
}

export interface IceParameters {
  'usernameFragment': (string);
  'password': (string);
  'iceLite': (boolean);
}
