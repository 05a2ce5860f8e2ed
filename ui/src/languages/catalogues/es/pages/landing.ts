import type english from '../../en/pages/landing.ts';
import type { Translation } from '../../../translation.ts';

export default {
  description: 'Videollamadas tranquilas en tu propio servidor.',
  title: 'Videollamadas en tu propio servidor.',
  pitch:
    'Sin cuenta y sin instalar nada. Inicia una llamada, envía el enlace y habla. Todo se queda en este servidor.',
  startOrJoin: 'Iniciar o unirse',
  orJoin: 'o únete a una',
  newCall: 'Nueva llamada',
  accountsStart:
    'En este servidor, las personas con cuenta inician las llamadas. Puedes unirte a una como invitado.',
  accountsOnly: 'Las llamadas de este servidor son para personas con cuenta.',
  join: {
    codeOrLink: 'Código o enlace',
    hint: 'También puedes pegar el enlace de una llamada.',
    empty: 'Primero escribe un código o pega un enlace.',
    noCode: 'Aquí no hay ningún código de llamada como {example}.',
    submit: 'Unirse a la llamada',
  },
} satisfies Translation<typeof english>;
