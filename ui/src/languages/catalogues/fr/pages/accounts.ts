import type english from '../../en/pages/accounts.ts';
import type { Translation } from '../../../translation.ts';

export default {
  titles: {
    logIn: 'Se connecter',
    register: 'Créer un compte',
    confirm: 'Confirmer votre adresse',
    forgot: 'Mot de passe oublié',
    reset: 'Nouveau mot de passe',
    account: 'Votre compte',
  },
  email: 'Adresse e-mail',
  emailWrong: 'Saisissez une adresse entière, comme nom@example.org.',
  password: 'Mot de passe',
  passwordMissing: 'Saisissez votre mot de passe.',
  newPassword: 'Nouveau mot de passe',
  currentPassword: 'Mot de passe actuel',
  passwordRule: 'Au moins {count, number} caractères. Une phrase se retient facilement.',
  passwordShort: 'Choisissez au moins {count, number} caractères.',
  passwordLong: 'Choisissez au plus {count, number} caractères.',
  showPassword: 'Afficher le mot de passe',
  hidePassword: 'Masquer le mot de passe',
  name: 'Nom',
  nameHint: 'C’est ainsi que les autres vous voient dans un appel.',
  toLogIn: 'Se connecter',
  toRegister: 'Créer un compte',
  toForgot: 'Mot de passe oublié ?',
  loading: 'Un instant…',
  tooOften: {
    title: 'Il y a eu trop d’essais',
    advice: 'Réessayez plus tard. Temps d’attente : {duration}.',
  },
  away: {
    title: 'Les comptes ne sont pas utilisables en ce moment',
    advice: 'Vous pouvez rejoindre des appels en tant qu’invité. Réessayez dans quelques minutes.',
  },
  brokenLink: {
    title: 'Il manque une partie du lien',
    advice: 'Ouvrez le lien encore une fois, du premier au dernier caractère.',
  },
  refused: {
    providerLate: {
      title: 'La connexion a pris trop de temps',
      advice: 'Recommencez. Les cookies doivent être autorisés pour cette page.',
    },
    providerRefused: {
      title: 'L’autre service ne vous a pas connecté',
      advice: 'Réessayez. Le service doit connaître votre adresse e-mail et l’avoir confirmée.',
    },
    providerUnknown: {
      title: 'Vous n’avez pas encore de compte ici',
      advice: 'Demandez-en un à la personne qui gère ce serveur.',
    },
    providerTaken: {
      title: 'Connectez-vous avec votre mot de passe',
      advice: 'Votre adresse a ici un compte créé avec un mot de passe, et personne n’a confirmé l’adresse.',
    },
    providerAway: {
      title: 'L’autre service est injoignable',
      advice: 'Réessayez dans quelques minutes, ou connectez-vous avec un mot de passe.',
    },
    setupCode: {
      title: 'Ce n’est pas le code d’installation',
      advice: 'Exécutez npm run accounts -- setup-code sur le serveur et copiez ce qui s’affiche.',
    },
    addressTaken: {
      title: 'Cette adresse ne convient pas',
      advice: 'Connectez-vous si c’est la vôtre, ou prenez-en une autre.',
    },
    invitation: {
      title: 'Cette invitation ne fonctionne pas',
      advice:
        'Elle sert une fois, pendant sept jours, et peut-être pour une autre adresse. Vérifiez l’adresse ou demandez une autre invitation.',
    },
    confirmationLink: {
      title: 'Ce lien ne fonctionne plus',
      advice:
        'Il a déjà servi ou date de plus d’un jour. Connectez-vous si vous l’avez utilisé ; sinon, créez le compte à nouveau.',
    },
    confirmationTaken: {
      title: 'Votre compte existe déjà',
      advice: 'Connectez-vous avec votre adresse et votre mot de passe.',
    },
    resetLink: {
      title: 'Ce lien ne fonctionne plus',
      advice: 'Il a déjà servi ou date de plus d’une heure. Demandez-en un autre.',
    },
    password: {
      title: 'Le mot de passe actuel est faux',
      advice: 'Vérifiez-le, puis réessayez.',
    },
    logInAgain: {
      title: 'Connectez-vous d’abord une nouvelle fois',
      advice: 'Déconnectez-vous, reconnectez-vous et faites-le dans les dix minutes.',
    },
    lastOperator: {
      title: 'Quelqu’un doit gérer ce serveur',
      advice:
        'Vous êtes la dernière personne à le pouvoir. Confiez-le d’abord à un autre compte : npm run accounts -- operator, avec son adresse.',
    },
  },
  logIn: {
    title: 'Se connecter',
    withProvider: 'Se connecter avec {name}',
    or: 'ou avec un mot de passe',
    setUp: 'Ce serveur n’a pas encore de compte. Le premier est pour la personne qui le gère.',
    entering: 'Connexion en cours…',
    already: 'Vous êtes connecté en tant que {name}.',
    goOn: 'Continuer',
  },
  register: {
    title: 'Créer un compte',
    intro: {
      open: 'Avec un compte, vos salles restent et vous les retrouvez sur chaque appareil.',
      invited:
        'Vous êtes invité. Avec un compte, vos salles restent et vous les retrouvez sur chaque appareil.',
      first:
        'C’est le premier compte de ce serveur. Il gère le serveur : il peut bloquer des personnes et terminer des appels.',
    },
    setupCode: 'Code d’installation',
    setupCodeHint: 'Le serveur l’affiche à la personne qui l’a démarré : npm run accounts -- setup-code',
    submit: 'Créer le compte',
    hasAccount: 'Vous avez un compte ?',
    closed: {
      title: 'On ne crée pas de nouveaux comptes ici',
      advice:
        'Vous pouvez rejoindre des appels en tant qu’invité. Demandez à la personne qui gère ce serveur s’il vous faut un compte.',
    },
    needsInvitation: {
      title: 'Il vous faut une invitation',
      advice: 'Demandez-la à la personne qui gère ce serveur. C’est un lien qui ouvre cette page.',
    },
    sent: {
      title: 'Regardez vos e-mails',
      advice: 'Nous avons écrit à {email}. Ouvrez le lien de l’e-mail dans la journée.',
      nothing: 'Pas d’e-mail ? Regardez dans les indésirables ou vérifiez l’adresse.',
      back: 'Changer l’adresse',
    },
  },
  confirm: {
    title: 'Confirmez votre adresse',
    intro: 'Un clic, et votre compte est prêt.',
    submit: 'Créer mon compte',
    done: {
      title: 'Bienvenue, {name}',
      advice: 'Votre compte est prêt et vous êtes connecté.',
    },
  },
  forgot: {
    title: 'Mot de passe oublié',
    intro:
      'Saisissez l’adresse de votre compte. Un e-mail apporte un lien pour choisir un autre mot de passe.',
    submit: 'Envoyer le lien',
    noMail: {
      title: 'Ce serveur n’envoie pas d’e-mails',
      advice: 'Demandez un lien à la personne qui le gère : npm run accounts -- reset, avec votre adresse.',
    },
    sent: {
      title: 'Regardez vos e-mails',
      advice: 'Si {email} a un compte, un lien est en route. Il sert pendant une heure.',
      nothing: 'Pas d’e-mail ? Regardez dans les indésirables ou vérifiez l’adresse.',
      back: 'Changer l’adresse',
    },
  },
  reset: {
    title: 'Choisissez un nouveau mot de passe',
    intro: 'Ensuite, vous êtes déconnecté de tous les appareils.',
    submit: 'Enregistrer le mot de passe',
    again: 'Envoyer un autre lien',
    done: {
      title: 'Votre nouveau mot de passe est enregistré',
      advice: 'Connectez-vous avec lui.',
    },
  },
  sessions: {
    title: 'Vos connexions',
    intro:
      'Chaque navigateur dans lequel vous êtes connecté. Déconnectez celui que vous ne connaissez pas et choisissez un autre mot de passe.',
    device: '{browser} sur {system}',
    unknown: 'Navigateur inconnu',
    current: 'Ce navigateur',
    since: 'Connexion : {date}',
    lastUsed: 'Dernière utilisation : {day}',
    end: 'Déconnecter',
    endNamed: 'Déconnecter : {device}',
    endOthers: 'Déconnecter partout ailleurs',
  },
  account: {
    title: 'Votre compte',
    guest: {
      title: 'Vous n’êtes pas connecté',
      advice: 'Connectez-vous pour voir votre compte.',
    },
    operator: 'Votre compte peut gérer ce serveur.',
    since: 'Depuis le {date}',
    saveName: 'Enregistrer le nom',
    nameSaved: 'Le nom est enregistré.',
    passwordTitle: 'Mot de passe',
    passwordIntro: 'Un autre mot de passe vous déconnecte de tous les autres appareils.',
    firstPasswordIntro:
      'Vous vous connectez par un autre service. Avec un mot de passe, vous pouvez aussi vous en passer.',
    savePassword: 'Enregistrer le mot de passe',
    passwordSaved: 'Le mot de passe est enregistré. Tous les autres appareils sont déconnectés.',
    logOutTitle: 'Se déconnecter',
    logOutIntro: 'Seulement sur cet appareil.',
    logOut: 'Se déconnecter',
    deleteTitle: 'Supprimer le compte',
    deleteIntro: 'Votre compte, vos salles et leurs chats disparaissent pour toujours.',
    delete: 'Supprimer le compte…',
    erase: {
      title: 'Supprimer ce compte pour toujours ?',
      rooms: 'Vos salles disparaissent, avec tous leurs appels, chats et paramètres.',
      messages: 'Ce que vous avez écrit dans les salles d’autres personnes reste, sans votre nom.',
      attendance: 'Votre nom disparaît des listes d’appels passés.',
      undo: 'Personne ne peut le rétablir.',
      submit: 'Supprimer pour toujours',
      keep: 'Garder le compte',
    },
    erased: {
      title: 'Votre compte est supprimé',
      advice: 'Voici ce qui a disparu avec lui :',
      rooms:
        '{count, plural, =0 {Aucune salle n’a été supprimée.} one {# salle a été supprimée.} many {# de salles ont été supprimées.} other {# salles ont été supprimées.}}',
      handedOver:
        '{count, plural, one {# salle appartient maintenant à quelqu’un d’autre.} many {# de salles appartiennent maintenant à quelqu’un d’autre.} other {# salles appartiennent maintenant à quelqu’un d’autre.}}',
      attendance:
        '{count, plural, =0 {Votre nom n’était dans aucun appel passé.} one {Votre nom a disparu de # appel passé.} many {Votre nom a disparu de # d’entrées d’appels passés.} other {Votre nom a disparu de # entrées d’appels passés.}}',
      messages:
        '{count, plural, =0 {Vous n’aviez écrit aucun message.} one {Votre nom a disparu de # message.} many {Votre nom a disparu de # de messages.} other {Votre nom a disparu de # messages.}}',
      bans: '{count, plural, one {# exclusion a été levée.} many {# d’exclusions ont été levées.} other {# exclusions ont été levées.}}',
      acts: '{count, plural, one {Votre nom a disparu de # note sur ce que les hôtes ont fait.} many {Votre nom a disparu de # de notes sur ce que les hôtes ont fait.} other {Votre nom a disparu de # notes sur ce que les hôtes ont fait.}}',
    },
  },
} satisfies Translation<typeof english>;
