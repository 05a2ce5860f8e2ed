import type english from '../../en/pages/room-settings.ts';
import type { Translation } from '../../../translation.ts';

export default {
  door: 'Qui peut entrer',
  call: 'Pendant l’appel',
  locked: {
    label: 'Verrouiller la salle',
    hint: 'Personne d’autre n’entre, sauf vous et les hôtes.',
  },
  waitingRoom: {
    label: 'Salle d’attente',
    hint: 'Un hôte fait entrer chaque personne qui arrive.',
  },
  guestsAllowed: {
    label: 'Les personnes sans compte peuvent entrer',
    hint: 'Si c’est désactivé, seules les personnes connectées peuvent entrer.',
  },
  namesBeforeJoin: {
    label: 'Montrer les noms avant de rejoindre',
    hint: 'Les personnes qui ouvrent le lien voient qui est dans l’appel. Si c’est désactivé, elles voient seulement combien il y en a.',
  },
  passcode: {
    label: 'Code secret',
    none: 'Au moins 4 caractères. Chaque personne qui arrive doit le saisir.',
    isSet: 'Un code est défini. Personne ne peut le relire ; saisissez-en un autre pour le remplacer.',
    tooShort: 'C’est trop court. Utilisez 4 caractères ou plus.',
    refused: 'Ce code n’est pas utilisable. Utilisez 4 à 64 lettres, chiffres ou signes.',
    remove: 'Retirer le code',
  },
  capacity: {
    label: 'Nombre de places',
    hint: 'Combien de personnes peuvent être là à la fois. Vide : autant que le serveur en accepte.',
    refused: 'Utilisez un nombre entier de 1 à {max, number}.',
  },
  opensAt: 'Ouvre',
  closesAt: 'Ferme',
  times: {
    hint: 'À votre heure locale ({zone}). Vide : toujours.',
    order: 'La salle ferme avant d’ouvrir. Changez l’une des deux heures.',
    clear: 'Effacer : {what}',
  },
  mutedOnEntry: {
    label: 'Chacun entre micro coupé',
    hint: 'Chacun peut réactiver son micro, si c’est permis.',
  },
  whoMayUnmute: 'Qui peut parler',
  whoMayStartVideo: 'Qui peut activer la caméra',
  whoMayShareScreen: 'Qui peut partager l’écran',
  whoMayChat: 'Qui peut écrire dans le chat',
  whoMay: {
    everybody: 'Tout le monde',
    hosts: 'Seulement les hôtes',
  },
  history: {
    label: 'Ce que lisent du chat les personnes qui arrivent plus tard',
    call: 'Tout ce qui date de cet appel',
    everything: 'Tout, y compris les appels précédents',
    nothing: 'Rien d’avant leur arrivée',
  },
  saving: 'Enregistrement…',
  saved: 'Enregistré',
  atOnce: 'Les changements s’appliquent aussitôt, aussi à un appel en cours.',
} satisfies Translation<typeof english>;
