/** Why a browser cannot take part in calls: it is too old, or its WebRTC is missing or switched off. */
export type Lack = 'old' | 'webrtc';

/**
 * The built-ins that a call cannot do without. A browser with those of `old` can also read the syntax that the build leaves in the code.
 * A test compares both lists with the supported browsers (ui/.browserslistrc).
 */
export const CALL_NEEDS: Readonly<Record<Lack, readonly string[]>> = {
  old: [
    'AbortSignal.any',
    'AbortSignal.timeout',
    'Array.prototype.toSorted',
    'Promise.withResolvers',
    'structuredClone',
  ],
  webrtc: [
    'MediaStream',
    'RTCPeerConnection',
    'RTCPeerConnection.prototype.addTransceiver',
    'RTCPeerConnection.prototype.restartIce',
    'RTCRtpSender.prototype.replaceTrack',
    'RTCRtpSender.prototype.setParameters',
  ],
};

/**
 * Runs at the beginning of each page and writes what the browser lacks on the root element. The style sheet and `CallGate` read it there.
 * It is text in the oldest JavaScript, because browsers that cannot read the code of the page must run it too.
 */
export const CALL_NEEDS_SCRIPT = `(function (needs) {
  for (var lack in needs) {
    for (var i = 0; i < needs[lack].length; i++) {
      var names = needs[lack][i].split('.'), value = window;
      for (var n = 0; n < names.length && value != null; n++) value = value[names[n]];
      if (value == null) return document.documentElement.setAttribute('data-lacks', lack);
    }
  }
})(${JSON.stringify(CALL_NEEDS)})`;
