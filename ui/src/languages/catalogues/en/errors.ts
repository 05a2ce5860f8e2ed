export default {
  invalid_request: {
    title: 'Something went wrong on the server',
    advice: 'This page may be older than the server. Reload it and try again.',
  },
  invalid_room_code: {
    title: 'This is not a call code',
    advice: 'A code looks like abcd-efgh-jkm. Check it, or start a new call.',
  },
  payload_too_large: {
    title: 'This is too long',
    advice: 'Shorten it and send it again.',
  },
  files_full: {
    title: 'No more files fit into this call',
    advice: 'Delete a message with a file, or send a smaller one.',
  },
  unsupported_media_type: {
    title: 'Something went wrong on the server',
    advice: 'This page may be older than the server. Reload it and try again.',
  },
  method_not_allowed: {
    title: 'Something went wrong on the server',
    advice: 'This page may be older than the server. Reload it and try again.',
  },
  unauthenticated: {
    title: 'You are not in this call',
    advice: 'Join again to come back.',
  },
  token_invalid: {
    title: 'Joining did not work',
    advice: 'Join again. If that fails too, reload the page.',
  },
  token_expired: {
    title: 'Your place has expired',
    advice: 'A place is held for a few minutes only. Join again to get a new one.',
  },
  token_used: {
    title: 'You have left this call',
    advice: 'Join again to come back.',
  },
  resume_rejected: {
    title: 'You are no longer in the call',
    advice: 'You were disconnected for too long. Join again to come back.',
  },
  credentials_invalid: {
    title: 'The e-mail address or the password is wrong',
    advice: 'Check both and try again, or set a new password.',
  },
  account_needed: {
    title: 'You need an account for this',
    advice: 'Log in, or ask the person who runs this server for an account.',
  },
  account_blocked: {
    title: 'Your account is blocked',
    advice: 'Ask the person who runs this server.',
  },
  address_blocked: {
    title: 'Your network is blocked',
    advice: 'Use another network, or ask the person who runs this server.',
  },
  registration_closed: {
    title: 'New accounts cannot be made here',
    advice: 'Ask the person who runs this server for an invitation.',
  },
  setup_needed: {
    title: 'This server is new',
    advice: 'The first account needs the setup code, which the server shows where it was started.',
  },
  link_invalid: {
    title: 'This link does not work any more',
    advice: 'It was used already or is too old. Ask for a new one.',
  },
  email_taken: {
    title: 'This e-mail address has an account already',
    advice: 'Log in, or set a new password.',
  },
  forbidden: {
    title: 'You cannot do that in this call',
    advice: 'Your role in the call does not allow it.',
  },
  not_admitted: {
    title: 'A host has to let you in',
    advice: 'Wait a moment, or ask the person who leads the call.',
  },
  denied: {
    title: 'You were not let in',
    advice: 'Ask the person who leads the call.',
  },
  waiting_full: {
    title: 'Too many people wait before this call',
    advice: 'Try again in a few minutes.',
  },
  origin_not_allowed: {
    title: 'Calls do not work at this address',
    advice: 'Open the usual address of this server, or ask the person who runs it.',
  },
  passcode_needed: {
    title: 'This room needs a passcode',
    advice: 'Ask the person who invited you for it.',
  },
  passcode_wrong: {
    title: 'That is not the passcode',
    advice: 'Look again at the invitation, then type it once more.',
  },
  banned: {
    title: 'You may not come into this room',
    advice: 'The people who lead it decided so. Ask them if you think it is a mistake.',
  },
  room_locked: {
    title: 'The room is locked',
    advice: 'Ask somebody inside to unlock it, then try again.',
  },
  guests_refused: {
    title: 'This room is for people with an account',
    advice: 'Log in, then try again.',
  },
  room_not_open: {
    title: 'The room is not open yet',
    advice: 'Come back when it opens.',
  },
  room_closed: {
    title: 'This room is closed',
    advice: 'Its time is over. Ask the person who invited you for another one.',
  },
  not_found: {
    title: 'This was not found',
    advice: 'It may have been removed. Go to the start page.',
  },
  room_not_found: {
    title: 'This call does not exist',
    advice: 'It may be over, or the link has a mistake. Ask for the link again, or start a new call.',
  },
  peer_not_found: {
    title: 'This person is no longer in the call',
    advice: 'They may have just left.',
  },
  transport_not_found: {
    title: 'The connection was lost',
    advice: 'Join again to come back.',
  },
  producer_not_found: {
    title: 'This video or sound has ended',
    advice: 'You do not need to do anything.',
  },
  consumer_not_found: {
    title: 'This video or sound has ended',
    advice: 'You do not need to do anything.',
  },
  not_joined: {
    title: 'You are not in the call',
    advice: 'Join it first.',
  },
  already_joined: {
    title: 'You are already in this call',
    advice: 'Leave it in the other tab, or join again here.',
  },
  conflict: {
    title: 'Something changed in the meantime',
    advice: 'Look at it again, then try once more.',
  },
  cannot_consume: {
    title: 'This browser cannot show this video',
    advice: 'Use a current Chrome, Edge, Firefox or Safari.',
  },
  closed: {
    title: 'This has already ended',
    advice: 'Try again.',
  },
  room_full: {
    title: 'The call is full',
    advice: 'Try again when somebody has left.',
  },
  too_many: {
    title: 'There are too many of these',
    advice: 'Delete one that you no longer need, then try again.',
  },
  rate_limited: {
    title: 'That was too fast',
    advice: 'Wait a moment, then try again.',
  },
  over_limit: {
    title: 'Your device sent more than this server allows',
    advice: 'Wait a moment, then try again.',
  },
  room_busy: {
    title: 'Too much happens in this call at once',
    advice: 'Wait a moment, then try again.',
  },
  address_limited: {
    title: 'Too many people join from your network',
    advice: 'Try again when somebody has left, or ask the person who runs this server.',
  },
  room_quarantined: {
    title: 'This call is closed for ten minutes',
    advice: 'Sound and video failed in it again and again. Start another call and share its link.',
  },
  at_capacity: {
    title: 'The server is full right now',
    advice: 'Running calls continue. Try again in a minute.',
  },
  media_unavailable: {
    title: 'Sound and video are not available right now',
    advice: 'A part of the server does not answer. Try again in a moment.',
  },
  unavailable: {
    title: 'The server is not available right now',
    advice: 'Try again in a moment.',
  },
  timeout: {
    title: 'That took too long',
    advice: 'Your network or the server is slow right now. Try again.',
  },
  internal: {
    title: 'Something went wrong on the server',
    advice: 'Try again. If it happens again, send the reference below to the person who runs this server.',
  },
  device_permission_denied: {
    title: 'The browser is not allowed to use it',
    advice: 'Allow it with the icon next to the address, then try again.',
  },
  device_not_found: {
    title: 'No device was found',
    advice: 'Plug one in and try again.',
  },
  device_busy: {
    title: 'Another program is using it',
    advice: 'Close the other program, then try again.',
  },
  device_failed: {
    title: 'It did not start',
    advice: 'Unplug it and plug it in again, or choose another one.',
  },
  device_stopped: {
    title: 'It stopped several times',
    advice: 'Another program may be taking it. Close that program and try again, or choose another one.',
  },
  device_unplugged: {
    title: 'It was unplugged',
    advice: 'Plug it in again or choose another one, then turn it on.',
  },
  insecure_origin: {
    title: 'Camera and microphone need a secure address',
    advice:
      'Browsers allow them only at https:// addresses and localhost. Open the https:// address of this server.',
  },
  logged_out: {
    title: 'You are not logged in',
    advice: 'Log in, then try again.',
  },
  unsupported_browser: {
    title: 'This browser cannot do video calls',
    advice: 'Use a current Chrome, Edge, Firefox or Safari.',
  },
  network_unreachable: {
    title: 'The server cannot be reached',
    advice:
      'Check your network connection. In a hotel or on a train, open another page first: the network may ask you to sign in.',
  },
  network_sign_in: {
    title: 'Your network wants you to sign in first',
    advice:
      'Open another page in a new tab and sign in to the network there, for example to the Wi-Fi of the hotel. Then come back.',
  },
  screen_share_denied: {
    title: 'Your screen is not shared',
    advice: 'No screen was chosen. Share again to choose one.',
  },
  screen_share_blocked: {
    title: 'This browser is not allowed to record your screen',
    advice: 'Allow it in the settings of your system, then share again.',
  },
  screen_share_unsupported: {
    title: 'This browser cannot share the screen',
    advice: 'Join from a computer to share.',
  },
  screen_sound_failed: {
    title: 'The sound of your screen could not be shared',
    advice: 'Share again: your screen is then shared without sound.',
  },
  session_copied: {
    title: 'Your place in the call was closed',
    advice:
      'Somebody else tried to use it. Join again to come back; if it happens again, use another browser.',
  },
  session_taken_over: {
    title: 'You joined from somewhere else',
    advice: 'The call goes on in the other tab or device. Join again to bring it here.',
  },
  session_removed: {
    title: 'You were removed from the call',
    advice: 'Ask the person who leads the call before you come back.',
  },
  session_banned: {
    title: 'You were removed from the call for good',
    advice: 'You cannot come back to this room.',
  },
  session_call_ended: {
    title: 'The call was ended for everybody',
    advice: 'Start a new one when you need it.',
  },
  session_ended_by_operator: {
    title: 'An operator of this server ended the call',
    advice: 'If you do not know why, ask the people who run this server.',
  },
  session_moved: {
    title: 'You went on with another device',
    advice: 'Join again to bring the call here.',
  },
} as const;
