export default {
  titles: {
    call: 'Call',
    check: 'Check your connection',
    notFound: 'Not found',
    room: 'Room',
    rooms: 'My rooms',
    newRoom: 'New room',
    visits: 'Rooms I was in',
    calls: 'Past calls',
    operator: 'Server',
  },
  brand: 'Parley, to the start page',
  toStart: 'Go to the start page',
  rejoin: 'Rejoin',
  checkConnection: 'Check your connection',
  waitingForNetwork: 'This page goes on by itself when the network lets it through.',
  waitingForServer: 'This page goes on by itself when the server answers.',
  devicesNotOpened: 'Your camera and microphone were not opened.',
  lack: {
    old: {
      title: 'This browser is too old for calls',
      advice: 'Update it, or open this page in a current Chrome, Edge, Firefox or Safari.',
    },
    webrtc: {
      title: 'This browser cannot make calls as it is set up',
      advice:
        'WebRTC, which carries sound and video, is switched off. Turn it on in the settings or extensions of this browser, turn off Lockdown Mode for this page, or open it in another browser.',
    },
  },
  late: {
    title: 'The page is not complete yet',
    advice: 'A part of it has not come. Check your network, then load the page again.',
  },
  malformed: {
    title: 'This is not a call link',
    advice:
      'A part of the link may be missing. Enter the code here (it looks like abcd-efgh-jkm), or start a new call.',
  },
  failed: {
    prepare: 'Check camera and microphone',
  },
  left: {
    title: 'You left the call',
    devicesOff: 'Your camera and microphone are off.',
    afterTime: 'You were in the call for {duration}. Your camera and microphone are off.',
  },
  notFound: {
    title: 'This page does not exist',
    advice: 'The address may have a mistake, or the page was removed.',
  },
  offline: {
    title: 'No connection',
    advice: 'Parley cannot be reached. Check your network, then try again.',
  },
} as const;
