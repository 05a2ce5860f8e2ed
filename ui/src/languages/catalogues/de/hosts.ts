import type english from '../en/hosts.ts';
import type { Translation } from '../../translation.ts';

export default {
  roles: {
    owner: 'Besitzer',
    host: 'Gastgeber',
    viewer: 'Zuschauer',
  },
  menu: {
    mute: 'Stummschalten',
    ask: 'Um Einschalten des Mikrofons bitten',
    stopCamera: 'Kamera ausschalten',
    stopScreen: 'Bildschirmfreigabe beenden',
    lowerHand: 'Hand senken',
    makeHost: 'Zum Gastgeber machen',
    makeParticipant: 'Zum Teilnehmer machen',
    makeViewer: 'Zum Zuschauer machen',
    handOver: 'Als Gastgeber übergeben',
    remove: 'Aus dem Anruf entfernen',
    ban: 'Aus dem Raum aussperren',
  },
  questions: {
    makeViewer: {
      title: '{name} zum Zuschauer machen?',
      text: 'Ein Zuschauer kann zuhören, zuschauen und schreiben, aber nicht sprechen, keine Kamera zeigen und keinen Bildschirm teilen.',
      confirm: 'Zum Zuschauer machen',
    },
    handOver: {
      title: 'An {name} übergeben?',
      text: '{name} wird Gastgeber, und du wirst Teilnehmer.',
      confirm: 'Übergeben',
    },
    remove: {
      title: '{name} aus dem Anruf entfernen?',
      text: '{name} kann mit dem Link zurückkommen.',
      confirm: 'Entfernen',
    },
    ban: {
      title: '{name} aus dem Raum aussperren?',
      text: '{name} verlässt den Anruf sofort und kann nicht zurückkommen: mit einem Konto, bis die Sperre aufgehoben wird, als Gast 24 Stunden lang. Bis dahin kommt auch kein anderer Gast aus demselben Netz herein.',
      confirm: 'Aussperren',
    },
    endCall: {
      title: 'Den Anruf für alle beenden?',
      text: 'Alle verlassen den Anruf sofort, du auch.',
      confirm: 'Für alle beenden',
    },
  },
  cancel: 'Abbrechen',
  panel: {
    open: 'Steuerung für Gastgeber',
    title: 'Steuerung für Gastgeber',
    description: 'Was du hier änderst, gilt sofort für alle im Anruf.',
    muteAll: 'Alle stummschalten',
    stayMuted: 'Alle stummschalten, und niemand darf sprechen',
    lowerHands: 'Alle Hände senken',
    endCall: 'Den Anruf für alle beenden',
  },
  leaveMenu: 'Weitere Möglichkeiten zu gehen',
  denied: {
    microphone: {
      viewer: 'Du bist Zuschauer: Du kannst zuhören, aber nicht sprechen',
      settings: 'Im Moment dürfen nur Gastgeber sprechen. Hebe die Hand, wenn du etwas sagen möchtest',
    },
    camera: {
      viewer: 'Du bist Zuschauer: Du kannst keine Kamera zeigen',
      settings: 'Im Moment dürfen nur Gastgeber die Kamera einschalten',
    },
    screen: {
      viewer: 'Du bist Zuschauer: Du kannst keinen Bildschirm teilen',
      settings: 'Im Moment dürfen nur Gastgeber den Bildschirm teilen',
    },
    chat: {
      viewer: 'Im Moment dürfen nur Gastgeber im Chat schreiben',
      settings: 'Im Moment dürfen nur Gastgeber im Chat schreiben',
    },
  },
  newHost: '{name} ist jetzt Gastgeber',
} satisfies Translation<typeof english>;
