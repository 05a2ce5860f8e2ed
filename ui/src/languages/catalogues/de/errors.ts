import type english from '../en/errors.ts';
import type { Translation } from '../../translation.ts';

export default {
  invalid_request: {
    title: 'Auf dem Server ist etwas schiefgegangen',
    advice: 'Diese Seite ist vielleicht älter als der Server. Lade sie neu und versuche es erneut.',
  },
  invalid_room_code: {
    title: 'Das ist kein Anrufcode',
    advice: 'Ein Code sieht aus wie abcd-efgh-jkm. Prüfe ihn oder starte einen neuen Anruf.',
  },
  payload_too_large: {
    title: 'Das ist zu lang',
    advice: 'Kürze es und sende es noch einmal.',
  },
  files_full: {
    title: 'In diesen Anruf passen keine Dateien mehr',
    advice: 'Lösche eine Nachricht mit einer Datei, oder sende eine kleinere.',
  },
  unsupported_media_type: {
    title: 'Auf dem Server ist etwas schiefgegangen',
    advice: 'Diese Seite ist vielleicht älter als der Server. Lade sie neu und versuche es erneut.',
  },
  method_not_allowed: {
    title: 'Auf dem Server ist etwas schiefgegangen',
    advice: 'Diese Seite ist vielleicht älter als der Server. Lade sie neu und versuche es erneut.',
  },
  unauthenticated: {
    title: 'Du bist nicht in diesem Anruf',
    advice: 'Nimm wieder teil, um zurückzukommen.',
  },
  token_invalid: {
    title: 'Die Teilnahme hat nicht geklappt',
    advice: 'Nimm noch einmal teil. Wenn auch das nicht klappt, lade die Seite neu.',
  },
  token_expired: {
    title: 'Dein Platz ist abgelaufen',
    advice:
      'Ein Platz wird nur ein paar Minuten freigehalten. Nimm noch einmal teil, um einen neuen zu bekommen.',
  },
  token_used: {
    title: 'Du hast diesen Anruf verlassen',
    advice: 'Nimm wieder teil, um zurückzukommen.',
  },
  resume_rejected: {
    title: 'Du bist nicht mehr im Anruf',
    advice: 'Du warst zu lange getrennt. Nimm wieder teil, um zurückzukommen.',
  },
  credentials_invalid: {
    title: 'Die E-Mail-Adresse oder das Passwort ist falsch',
    advice: 'Prüfe beides und versuche es erneut, oder setze ein neues Passwort.',
  },
  account_needed: {
    title: 'Dafür brauchst du ein Konto',
    advice: 'Melde dich an, oder bitte die Person, die diesen Server betreibt, um ein Konto.',
  },
  account_blocked: {
    title: 'Dein Konto ist gesperrt',
    advice: 'Frage die Person, die diesen Server betreibt.',
  },
  address_blocked: {
    title: 'Dein Netzwerk ist gesperrt',
    advice: 'Nimm ein anderes Netzwerk, oder frage die Person, die diesen Server betreibt.',
  },
  registration_closed: {
    title: 'Hier kann man keine neuen Konten anlegen',
    advice: 'Bitte die Person, die diesen Server betreibt, um eine Einladung.',
  },
  setup_needed: {
    title: 'Dieser Server ist neu',
    advice: 'Das erste Konto braucht den Einrichtungscode. Der Server zeigt ihn dort, wo er gestartet wurde.',
  },
  link_invalid: {
    title: 'Dieser Link gilt nicht mehr',
    advice: 'Er wurde schon benutzt oder ist zu alt. Fordere einen neuen an.',
  },
  email_taken: {
    title: 'Diese E-Mail-Adresse hat schon ein Konto',
    advice: 'Melde dich an, oder setze ein neues Passwort.',
  },
  forbidden: {
    title: 'Das kannst du in diesem Anruf nicht tun',
    advice: 'Deine Rolle im Anruf erlaubt es nicht.',
  },
  not_admitted: {
    title: 'Ein Gastgeber muss dich einlassen',
    advice: 'Warte einen Moment, oder frage die Person, die den Anruf leitet.',
  },
  denied: {
    title: 'Du wurdest nicht eingelassen',
    advice: 'Frage die Person, die den Anruf leitet.',
  },
  waiting_full: {
    title: 'Vor diesem Anruf warten zu viele Personen',
    advice: 'Versuche es in ein paar Minuten erneut.',
  },
  origin_not_allowed: {
    title: 'Unter dieser Adresse gehen keine Anrufe',
    advice: 'Öffne die übliche Adresse dieses Servers, oder frage die Person, die ihn betreibt.',
  },
  passcode_needed: {
    title: 'Dieser Raum braucht einen Zugangscode',
    advice: 'Frage die Person danach, die dich eingeladen hat.',
  },
  passcode_wrong: {
    title: 'Das ist nicht der Zugangscode',
    advice: 'Sieh in der Einladung nach und gib ihn noch einmal ein.',
  },
  banned: {
    title: 'Du darfst nicht in diesen Raum',
    advice: 'Das haben die Leute entschieden, die ihn leiten. Frage sie, wenn du es für ein Versehen hältst.',
  },
  room_locked: {
    title: 'Der Raum ist abgeschlossen',
    advice: 'Bitte jemanden im Raum, ihn zu öffnen, und versuche es dann erneut.',
  },
  guests_refused: {
    title: 'Dieser Raum ist für Leute mit Konto',
    advice: 'Melde dich an und versuche es dann erneut.',
  },
  room_not_open: {
    title: 'Der Raum ist noch nicht offen',
    advice: 'Komm wieder, wenn er öffnet.',
  },
  room_closed: {
    title: 'Dieser Raum ist geschlossen',
    advice: 'Seine Zeit ist vorbei. Frage die Person, die dich eingeladen hat, nach einem anderen.',
  },
  not_found: {
    title: 'Das wurde nicht gefunden',
    advice: 'Vielleicht wurde es entfernt. Geh zur Startseite.',
  },
  room_not_found: {
    title: 'Diesen Anruf gibt es nicht',
    advice:
      'Vielleicht ist er vorbei, oder der Link ist falsch. Bitte noch einmal um den Link, oder starte einen neuen Anruf.',
  },
  peer_not_found: {
    title: 'Diese Person ist nicht mehr im Anruf',
    advice: 'Vielleicht ist sie gerade gegangen.',
  },
  transport_not_found: {
    title: 'Die Verbindung ist abgebrochen',
    advice: 'Nimm wieder teil, um zurückzukommen.',
  },
  producer_not_found: {
    title: 'Dieses Video oder dieser Ton ist zu Ende',
    advice: 'Du musst nichts tun.',
  },
  consumer_not_found: {
    title: 'Dieses Video oder dieser Ton ist zu Ende',
    advice: 'Du musst nichts tun.',
  },
  not_joined: {
    title: 'Du bist nicht im Anruf',
    advice: 'Nimm zuerst teil.',
  },
  already_joined: {
    title: 'Du bist schon in diesem Anruf',
    advice: 'Verlasse ihn im anderen Tab, oder nimm hier noch einmal teil.',
  },
  conflict: {
    title: 'Inzwischen hat sich etwas geändert',
    advice: 'Sieh noch einmal nach und versuche es dann erneut.',
  },
  cannot_consume: {
    title: 'Dieser Browser kann dieses Video nicht zeigen',
    advice: 'Nimm einen aktuellen Chrome, Edge, Firefox oder Safari.',
  },
  closed: {
    title: 'Das ist schon zu Ende',
    advice: 'Versuche es erneut.',
  },
  room_full: {
    title: 'Der Anruf ist voll',
    advice: 'Versuche es erneut, wenn jemand gegangen ist.',
  },
  too_many: {
    title: 'Davon gibt es schon zu viele',
    advice: 'Lösche etwas, das du nicht mehr brauchst, und versuche es dann erneut.',
  },
  rate_limited: {
    title: 'Das war zu schnell',
    advice: 'Warte einen Moment und versuche es dann erneut.',
  },
  over_limit: {
    title: 'Dein Gerät hat mehr gesendet, als dieser Server erlaubt',
    advice: 'Warte einen Moment und versuche es dann erneut.',
  },
  room_busy: {
    title: 'In diesem Anruf passiert gerade zu viel auf einmal',
    advice: 'Warte einen Moment und versuche es dann erneut.',
  },
  address_limited: {
    title: 'Aus deinem Netzwerk nehmen zu viele Personen teil',
    advice:
      'Versuche es erneut, wenn jemand gegangen ist, oder frage die Person, die diesen Server betreibt.',
  },
  room_quarantined: {
    title: 'Dieser Anruf ist zehn Minuten lang geschlossen',
    advice:
      'Ton und Bild sind darin immer wieder ausgefallen. Starte einen anderen Anruf und teile seinen Link.',
  },
  at_capacity: {
    title: 'Der Server ist gerade voll',
    advice: 'Laufende Anrufe gehen weiter. Versuche es in einer Minute erneut.',
  },
  media_unavailable: {
    title: 'Ton und Video sind gerade nicht verfügbar',
    advice: 'Ein Teil des Servers antwortet nicht. Versuche es gleich noch einmal.',
  },
  unavailable: {
    title: 'Der Server ist gerade nicht verfügbar',
    advice: 'Versuche es gleich noch einmal.',
  },
  timeout: {
    title: 'Das hat zu lange gedauert',
    advice: 'Dein Netzwerk oder der Server ist gerade langsam. Versuche es erneut.',
  },
  internal: {
    title: 'Auf dem Server ist etwas schiefgegangen',
    advice:
      'Versuche es erneut. Wenn es wieder passiert, schicke die Referenz unten an die Person, die diesen Server betreibt.',
  },
  device_permission_denied: {
    title: 'Der Browser darf es nicht benutzen',
    advice: 'Erlaube es mit dem Symbol neben der Adresse und versuche es dann erneut.',
  },
  device_not_found: {
    title: 'Es wurde kein Gerät gefunden',
    advice: 'Schließe eines an und versuche es erneut.',
  },
  device_busy: {
    title: 'Ein anderes Programm benutzt es',
    advice: 'Schließe das andere Programm und versuche es dann erneut.',
  },
  device_failed: {
    title: 'Es ist nicht angesprungen',
    advice: 'Zieh es ab und schließe es wieder an, oder wähle ein anderes.',
  },
  device_stopped: {
    title: 'Es ist mehrmals ausgegangen',
    advice:
      'Vielleicht nimmt ein anderes Programm es weg. Schließe dieses Programm und versuche es erneut, oder wähle ein anderes Gerät.',
  },
  device_unplugged: {
    title: 'Es wurde abgezogen',
    advice: 'Schließe es wieder an oder wähle ein anderes, und schalte es dann ein.',
  },
  insecure_origin: {
    title: 'Kamera und Mikrofon brauchen eine sichere Adresse',
    advice:
      'Browser erlauben sie nur unter https://-Adressen und localhost. Öffne die https://-Adresse dieses Servers.',
  },
  logged_out: {
    title: 'Du bist nicht angemeldet',
    advice: 'Melde dich an und versuche es dann erneut.',
  },
  unsupported_browser: {
    title: 'Dieser Browser kann keine Videoanrufe',
    advice: 'Nimm einen aktuellen Chrome, Edge, Firefox oder Safari.',
  },
  network_unreachable: {
    title: 'Der Server ist nicht erreichbar',
    advice:
      'Prüfe deine Netzwerkverbindung. Öffne im Hotel oder im Zug zuerst eine andere Seite: Vielleicht verlangt das Netzwerk eine Anmeldung.',
  },
  network_sign_in: {
    title: 'Dein Netzwerk verlangt zuerst eine Anmeldung',
    advice:
      'Öffne eine andere Seite in einem neuen Tab und melde dich dort beim Netzwerk an, zum Beispiel beim WLAN des Hotels. Komm dann zurück.',
  },
  screen_share_denied: {
    title: 'Dein Bildschirm wird nicht geteilt',
    advice: 'Es wurde kein Bildschirm gewählt. Teile noch einmal, um einen zu wählen.',
  },
  screen_share_blocked: {
    title: 'Dieser Browser darf deinen Bildschirm nicht aufnehmen',
    advice: 'Erlaube es in den Einstellungen deines Systems und teile dann noch einmal.',
  },
  screen_share_unsupported: {
    title: 'Dieser Browser kann den Bildschirm nicht teilen',
    advice: 'Nimm mit einem Computer teil, um zu teilen.',
  },
  screen_sound_failed: {
    title: 'Der Ton deines Bildschirms konnte nicht geteilt werden',
    advice: 'Teile noch einmal: Dein Bildschirm wird dann ohne Ton geteilt.',
  },
  session_copied: {
    title: 'Dein Platz im Anruf wurde geschlossen',
    advice:
      'Jemand anderes wollte ihn benutzen. Nimm wieder teil, um zurückzukommen; wenn es noch einmal passiert, nimm einen anderen Browser.',
  },
  session_taken_over: {
    title: 'Du nimmst von woanders aus teil',
    advice:
      'Der Anruf geht im anderen Tab oder Gerät weiter. Nimm noch einmal teil, um ihn hierher zu holen.',
  },
  session_removed: {
    title: 'Du wurdest aus dem Anruf entfernt',
    advice: 'Frage die Person, die den Anruf leitet, bevor du zurückkommst.',
  },
  session_banned: {
    title: 'Du wurdest dauerhaft aus dem Anruf entfernt',
    advice: 'Du kannst nicht in diesen Raum zurückkommen.',
  },
  session_call_ended: {
    title: 'Der Anruf wurde für alle beendet',
    advice: 'Starte einen neuen, wenn du ihn brauchst.',
  },
  session_ended_by_operator: {
    title: 'Ein Betreiber dieses Servers hat den Anruf beendet',
    advice: 'Wenn du nicht weißt, warum, frage die Leute, die diesen Server betreiben.',
  },
  session_moved: {
    title: 'Du machst mit einem anderen Gerät weiter',
    advice: 'Nimm noch einmal teil, um den Anruf hierher zu holen.',
  },
} satisfies Translation<typeof english>;
