import type english from '../en/people.ts';
import type { Translation } from '../../translation.ts';

export default {
  name: {
    changed: 'Tu nombre se ha cambiado',
    notChanged: 'Tu nombre no se ha cambiado. {reason}.',
    late: 'No se puede contactar con el servidor. Tu nombre cambiará en cuanto vuelva.',
    saving: 'Guardando…',
    missing: 'Escribe tu nombre para que los demás sepan quién eres.',
    noLetter: 'Un nombre necesita una letra o una cifra. Añade una para que los demás puedan llamarte.',
    tooLong: 'Este nombre es demasiado largo. Usa uno más corto.',
    cannotBeShown: 'Este nombre contiene caracteres que no se pueden mostrar. Bórralo y escríbelo de nuevo.',
  },
} satisfies Translation<typeof english>;
