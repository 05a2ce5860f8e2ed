import type english from '../../en/pages/accounts.ts';
import type { Translation } from '../../../translation.ts';

export default {
  titles: {
    logIn: 'Anmelden',
    register: 'Konto anlegen',
    confirm: 'Adresse bestätigen',
    forgot: 'Passwort vergessen',
    reset: 'Neues Passwort',
    account: 'Dein Konto',
  },
  email: 'E-Mail-Adresse',
  emailWrong: 'Gib eine ganze Adresse ein, etwa name@example.org.',
  password: 'Passwort',
  passwordMissing: 'Gib dein Passwort ein.',
  newPassword: 'Neues Passwort',
  currentPassword: 'Jetziges Passwort',
  passwordRule: 'Mindestens {count, number} Zeichen. Ein Satz ist leicht zu merken.',
  passwordShort: 'Nimm mindestens {count, number} Zeichen.',
  passwordLong: 'Nimm höchstens {count, number} Zeichen.',
  showPassword: 'Passwort zeigen',
  hidePassword: 'Passwort verbergen',
  name: 'Name',
  nameHint: 'So sehen dich andere im Anruf.',
  toLogIn: 'Anmelden',
  toRegister: 'Konto anlegen',
  toForgot: 'Passwort vergessen?',
  loading: 'Einen Moment…',
  tooOften: {
    title: 'Das wurde zu oft versucht',
    advice: 'Versuche es erneut, Wartezeit: {duration}.',
  },
  away: {
    title: 'Konten lassen sich gerade nicht benutzen',
    advice: 'Als Gast kannst du solange an Anrufen teilnehmen. Versuche es in ein paar Minuten erneut.',
  },
  brokenLink: {
    title: 'Ein Teil des Links fehlt',
    advice: 'Öffne den Link noch einmal, vom ersten bis zum letzten Zeichen.',
  },
  refused: {
    providerLate: {
      title: 'Die Anmeldung hat zu lange gedauert',
      advice: 'Beginne sie noch einmal. Für diese Seite müssen Cookies erlaubt sein.',
    },
    providerRefused: {
      title: 'Der andere Dienst hat dich nicht angemeldet',
      advice: 'Versuche es noch einmal. Der Dienst muss deine E-Mail-Adresse kennen und bestätigt haben.',
    },
    providerUnknown: {
      title: 'Du hast hier noch kein Konto',
      advice: 'Bitte die Person, die diesen Server betreibt, um eines.',
    },
    providerTaken: {
      title: 'Melde dich mit deinem Passwort an',
      advice:
        'Deine Adresse hat hier ein Konto, das mit einem Passwort angelegt wurde, und niemand hat die Adresse bestätigt.',
    },
    providerAway: {
      title: 'Der andere Dienst ist nicht erreichbar',
      advice: 'Versuche es in ein paar Minuten erneut, oder melde dich mit einem Passwort an.',
    },
    setupCode: {
      title: 'Das ist nicht der Einrichtungscode',
      advice: 'Führe auf dem Server npm run accounts -- setup-code aus und kopiere die Ausgabe.',
    },
    addressTaken: {
      title: 'Diese Adresse geht nicht',
      advice: 'Melde dich an, wenn sie dir gehört, oder nimm eine andere.',
    },
    invitation: {
      title: 'Diese Einladung funktioniert nicht',
      advice:
        'Sie gilt einmal, sieben Tage lang, und vielleicht für eine andere Adresse. Prüfe die Adresse, oder bitte um eine neue Einladung.',
    },
    confirmationLink: {
      title: 'Dieser Link funktioniert nicht mehr',
      advice:
        'Er wurde schon benutzt oder ist älter als einen Tag. Melde dich an, wenn du ihn benutzt hast; sonst lege das Konto noch einmal an.',
    },
    confirmationTaken: {
      title: 'Dein Konto gibt es schon',
      advice: 'Melde dich mit deiner Adresse und deinem Passwort an.',
    },
    resetLink: {
      title: 'Dieser Link funktioniert nicht mehr',
      advice: 'Er wurde schon benutzt oder ist älter als eine Stunde. Bitte um einen neuen.',
    },
    password: {
      title: 'Das jetzige Passwort ist falsch',
      advice: 'Prüfe es und versuche es dann erneut.',
    },
    logInAgain: {
      title: 'Melde dich zuerst noch einmal an',
      advice: 'Melde dich ab, wieder an, und tu dies innerhalb von zehn Minuten.',
    },
    lastOperator: {
      title: 'Jemand muss diesen Server leiten',
      advice:
        'Nur du darfst es noch. Lass zuerst ein anderes Konto den Server leiten: npm run accounts -- operator, mit dessen Adresse.',
    },
  },
  logIn: {
    title: 'Anmelden',
    withProvider: 'Mit {name} anmelden',
    or: 'oder mit Passwort',
    setUp: 'Dieser Server hat noch kein Konto. Das erste ist für die Person, die ihn betreibt.',
    entering: 'Du wirst angemeldet…',
    already: 'Du bist als {name} angemeldet.',
    goOn: 'Weiter',
  },
  register: {
    title: 'Konto anlegen',
    intro: {
      open: 'Mit einem Konto bleiben deine Räume, und du findest sie auf jedem Gerät.',
      invited: 'Du bist eingeladen. Mit einem Konto bleiben deine Räume, und du findest sie auf jedem Gerät.',
      first:
        'Das ist das erste Konto dieses Servers. Es leitet den Server: Es kann Personen sperren und Anrufe beenden.',
    },
    setupCode: 'Einrichtungscode',
    setupCodeHint: 'Der Server zeigt ihn der Person, die ihn gestartet hat: npm run accounts -- setup-code',
    submit: 'Konto anlegen',
    hasAccount: 'Du hast ein Konto?',
    closed: {
      title: 'Hier werden keine neuen Konten angelegt',
      advice:
        'Als Gast kannst du an Anrufen teilnehmen. Frage die Person, die diesen Server betreibt, wenn du ein Konto brauchst.',
    },
    needsInvitation: {
      title: 'Du brauchst eine Einladung',
      advice: 'Bitte die Person darum, die diesen Server betreibt. Es ist ein Link, der diese Seite öffnet.',
    },
    sent: {
      title: 'Sieh in deine Mails',
      advice: 'Wir haben an {email} geschrieben. Öffne den Link in der Mail innerhalb eines Tages.',
      nothing: 'Keine Mail da? Sieh im Spam-Ordner nach, oder prüfe die Adresse.',
      back: 'Adresse ändern',
    },
  },
  confirm: {
    title: 'Bestätige deine Adresse',
    intro: 'Ein Klick, und dein Konto ist bereit.',
    submit: 'Mein Konto anlegen',
    done: {
      title: 'Willkommen, {name}',
      advice: 'Dein Konto ist bereit, und du bist angemeldet.',
    },
  },
  forgot: {
    title: 'Passwort vergessen',
    intro:
      'Gib die Adresse deines Kontos ein. Eine Mail bringt einen Link, mit dem du ein anderes Passwort wählst.',
    submit: 'Link schicken',
    noMail: {
      title: 'Dieser Server verschickt keine Mails',
      advice:
        'Bitte die Person, die ihn betreibt, um einen Link: npm run accounts -- reset, mit deiner Adresse.',
    },
    sent: {
      title: 'Sieh in deine Mails',
      advice: 'Wenn {email} ein Konto hat, ist ein Link unterwegs. Er gilt eine Stunde.',
      nothing: 'Keine Mail da? Sieh im Spam-Ordner nach, oder prüfe die Adresse.',
      back: 'Adresse ändern',
    },
  },
  reset: {
    title: 'Wähle ein neues Passwort',
    intro: 'Danach bist du auf allen Geräten abgemeldet.',
    submit: 'Passwort speichern',
    again: 'Neuen Link schicken',
    done: {
      title: 'Dein neues Passwort ist gespeichert',
      advice: 'Melde dich damit an.',
    },
  },
  sessions: {
    title: 'Deine Anmeldungen',
    intro:
      'Jeder Browser, in dem du angemeldet bist. Melde ab, was du nicht kennst, und wähle ein anderes Passwort.',
    device: '{browser} auf {system}',
    unknown: 'Unbekannter Browser',
    current: 'Dieser Browser',
    since: 'Angemeldet: {date}',
    lastUsed: 'Zuletzt benutzt: {day}',
    end: 'Abmelden',
    endNamed: 'Abmelden: {device}',
    endOthers: 'Überall sonst abmelden',
  },
  account: {
    title: 'Dein Konto',
    guest: {
      title: 'Du bist nicht angemeldet',
      advice: 'Melde dich an, um dein Konto zu sehen.',
    },
    operator: 'Dein Konto darf diesen Server leiten.',
    since: 'Seit {date}',
    saveName: 'Namen speichern',
    nameSaved: 'Der Name ist gespeichert.',
    passwordTitle: 'Passwort',
    passwordIntro: 'Ein anderes Passwort meldet dich auf allen anderen Geräten ab.',
    firstPasswordIntro:
      'Du meldest dich über einen anderen Dienst an. Mit einem Passwort geht es auch ohne ihn.',
    savePassword: 'Passwort speichern',
    passwordSaved: 'Das Passwort ist gespeichert. Alle anderen Geräte sind abgemeldet.',
    logOutTitle: 'Abmelden',
    logOutIntro: 'Nur auf diesem Gerät.',
    logOut: 'Abmelden',
    deleteTitle: 'Konto löschen',
    deleteIntro: 'Dein Konto, deine Räume und ihre Chats verschwinden für immer.',
    delete: 'Konto löschen…',
    erase: {
      title: 'Dieses Konto für immer löschen?',
      rooms: 'Deine Räume enden, mit allen Anrufen, Chats und Einstellungen.',
      messages: 'Was du in Räumen anderer geschrieben hast, bleibt, ohne deinen Namen.',
      attendance: 'Dein Name verschwindet aus den Listen vergangener Anrufe.',
      undo: 'Niemand kann es zurückholen.',
      submit: 'Für immer löschen',
      keep: 'Konto behalten',
    },
    erased: {
      title: 'Dein Konto ist gelöscht',
      advice: 'Das ging mit ihm:',
      rooms:
        '{count, plural, =0 {Kein Raum wurde gelöscht.} one {# Raum wurde gelöscht.} other {# Räume wurden gelöscht.}}',
      handedOver:
        '{count, plural, one {# Raum gehört jetzt jemand anderem.} other {# Räume gehören jetzt jemand anderem.}}',
      attendance:
        '{count, plural, =0 {Dein Name stand in keinem vergangenen Anruf.} one {Dein Name ist aus # vergangenen Anruf verschwunden.} other {Dein Name ist aus # Einträgen vergangener Anrufe verschwunden.}}',
      messages:
        '{count, plural, =0 {Du hattest keine Nachrichten geschrieben.} one {Dein Name ist aus # Nachricht verschwunden.} other {Dein Name ist aus # Nachrichten verschwunden.}}',
      bans: '{count, plural, one {# Sperre wurde aufgehoben.} other {# Sperren wurden aufgehoben.}}',
      acts: '{count, plural, one {Dein Name ist aus # Notiz darüber verschwunden, was Hosts getan haben.} other {Dein Name ist aus # Notizen darüber verschwunden, was Hosts getan haben.}}',
    },
  },
} satisfies Translation<typeof english>;
