import type english from '../../en/pages/accounts.ts';
import type { Translation } from '../../../translation.ts';

export default {
  titles: {
    logIn: 'Iniciar sesión',
    register: 'Crear una cuenta',
    confirm: 'Confirmar tu dirección',
    forgot: 'Contraseña olvidada',
    reset: 'Contraseña nueva',
    account: 'Tu cuenta',
  },
  email: 'Correo electrónico',
  emailWrong: 'Escribe una dirección entera, como nombre@example.org.',
  password: 'Contraseña',
  passwordMissing: 'Escribe tu contraseña.',
  newPassword: 'Contraseña nueva',
  currentPassword: 'Contraseña actual',
  passwordRule: 'Al menos {count, number} caracteres. Una frase se recuerda bien.',
  passwordShort: 'Usa al menos {count, number} caracteres.',
  passwordLong: 'Usa como mucho {count, number} caracteres.',
  showPassword: 'Mostrar la contraseña',
  hidePassword: 'Ocultar la contraseña',
  name: 'Nombre',
  nameHint: 'Así te ven los demás en una llamada.',
  toLogIn: 'Iniciar sesión',
  toRegister: 'Crear una cuenta',
  toForgot: '¿Olvidaste tu contraseña?',
  loading: 'Un momento…',
  tooOften: {
    title: 'Se ha intentado demasiadas veces',
    advice: 'Inténtalo más tarde. Tiempo de espera: {duration}.',
  },
  away: {
    title: 'Las cuentas no se pueden usar ahora',
    advice: 'Mientras tanto puedes unirte a llamadas como invitado. Inténtalo de nuevo en unos minutos.',
  },
  brokenLink: {
    title: 'Falta una parte del enlace',
    advice: 'Abre el enlace otra vez, desde el primer carácter hasta el último.',
  },
  refused: {
    providerLate: {
      title: 'El inicio de sesión tardó demasiado',
      advice: 'Empieza otra vez. Esta página necesita que se permitan las cookies.',
    },
    providerRefused: {
      title: 'El otro servicio no inició tu sesión',
      advice: 'Inténtalo otra vez. El servicio debe conocer y haber confirmado tu correo electrónico.',
    },
    providerUnknown: {
      title: 'Aún no tienes cuenta aquí',
      advice: 'Pídesela a quien administra este servidor.',
    },
    providerTaken: {
      title: 'Inicia sesión con tu contraseña',
      advice: 'Tu dirección tiene aquí una cuenta creada con contraseña, y nadie ha confirmado la dirección.',
    },
    providerAway: {
      title: 'No se puede contactar con el otro servicio',
      advice: 'Inténtalo de nuevo en unos minutos, o inicia sesión con una contraseña.',
    },
    setupCode: {
      title: 'Este no es el código de instalación',
      advice: 'Ejecuta npm run accounts -- setup-code en el servidor y copia lo que muestra.',
    },
    addressTaken: {
      title: 'Esta dirección no se puede usar',
      advice: 'Inicia sesión si es tuya, o usa otra.',
    },
    invitation: {
      title: 'Esta invitación no funciona',
      advice:
        'Sirve una vez, durante siete días, y quizá para otra dirección. Comprueba la dirección o pide otra invitación.',
    },
    confirmationLink: {
      title: 'Este enlace ya no funciona',
      advice:
        'Ya se usó o tiene más de un día. Inicia sesión si lo usaste tú; si no, crea la cuenta otra vez.',
    },
    confirmationTaken: {
      title: 'Tu cuenta ya existe',
      advice: 'Inicia sesión con tu dirección y tu contraseña.',
    },
    resetLink: {
      title: 'Este enlace ya no funciona',
      advice: 'Ya se usó o tiene más de una hora. Pide otro.',
    },
    password: {
      title: 'La contraseña actual no es correcta',
      advice: 'Compruébala y vuelve a intentarlo.',
    },
    logInAgain: {
      title: 'Inicia sesión otra vez primero',
      advice: 'Cierra la sesión, iníciala otra vez y haz esto antes de diez minutos.',
    },
    lastOperator: {
      title: 'Alguien debe administrar este servidor',
      advice:
        'Eres la última persona que puede hacerlo. Da antes ese papel a otra cuenta: npm run accounts -- operator, con su dirección.',
    },
  },
  logIn: {
    title: 'Iniciar sesión',
    withProvider: 'Iniciar sesión con {name}',
    or: 'o con una contraseña',
    setUp: 'Este servidor aún no tiene cuentas. La primera es para quien lo administra.',
    entering: 'Iniciando tu sesión…',
    already: 'Has iniciado sesión como {name}.',
    goOn: 'Continuar',
  },
  register: {
    title: 'Crear una cuenta',
    intro: {
      open: 'Con una cuenta tus salas se quedan, y las encuentras en cada dispositivo.',
      invited:
        'Tienes una invitación. Con una cuenta tus salas se quedan, y las encuentras en cada dispositivo.',
      first:
        'Es la primera cuenta de este servidor. Lo administra: puede bloquear a personas y terminar llamadas.',
    },
    setupCode: 'Código de instalación',
    setupCodeHint: 'El servidor lo muestra a quien lo inició: npm run accounts -- setup-code',
    submit: 'Crear la cuenta',
    hasAccount: '¿Tienes una cuenta?',
    closed: {
      title: 'Aquí no se crean cuentas nuevas',
      advice:
        'Puedes unirte a llamadas como invitado. Pregunta a quien administra este servidor si necesitas una cuenta.',
    },
    needsInvitation: {
      title: 'Necesitas una invitación',
      advice: 'Pídesela a quien administra este servidor. Es un enlace que abre esta página.',
    },
    sent: {
      title: 'Mira tu correo',
      advice: 'Hemos escrito a {email}. Abre el enlace del correo antes de un día.',
      nothing: '¿No hay correo? Mira en la carpeta de spam o comprueba la dirección.',
      back: 'Cambiar la dirección',
    },
  },
  confirm: {
    title: 'Confirma tu dirección',
    intro: 'Un clic y tu cuenta está lista.',
    submit: 'Crear mi cuenta',
    done: {
      title: 'Hola, {name}',
      advice: 'Tu cuenta está lista y has iniciado sesión.',
    },
  },
  forgot: {
    title: 'Contraseña olvidada',
    intro: 'Escribe la dirección de tu cuenta. Un correo trae un enlace para elegir otra contraseña.',
    submit: 'Enviar el enlace',
    noMail: {
      title: 'Este servidor no envía correos',
      advice: 'Pide un enlace a quien lo administra: npm run accounts -- reset, con tu dirección.',
    },
    sent: {
      title: 'Mira tu correo',
      advice: 'Si {email} tiene una cuenta, un enlace va de camino. Sirve durante una hora.',
      nothing: '¿No hay correo? Mira en la carpeta de spam o comprueba la dirección.',
      back: 'Cambiar la dirección',
    },
  },
  reset: {
    title: 'Elige una contraseña nueva',
    intro: 'Después se cierra tu sesión en todos los dispositivos.',
    submit: 'Guardar la contraseña',
    again: 'Enviar otro enlace',
    done: {
      title: 'Tu contraseña nueva está guardada',
      advice: 'Inicia sesión con ella.',
    },
  },
  sessions: {
    title: 'Tus sesiones',
    intro: 'Cada navegador en el que has iniciado sesión. Cierra la que no conozcas y elige otra contraseña.',
    device: '{browser} en {system}',
    unknown: 'Navegador desconocido',
    current: 'Este navegador',
    since: 'Inicio de sesión: {date}',
    lastUsed: 'Último uso: {day}',
    end: 'Cerrar sesión',
    endNamed: 'Cerrar sesión: {device}',
    endOthers: 'Cerrar sesión en todos los demás',
  },
  account: {
    title: 'Tu cuenta',
    guest: {
      title: 'No has iniciado sesión',
      advice: 'Inicia sesión para ver tu cuenta.',
    },
    operator: 'Tu cuenta puede administrar este servidor.',
    since: 'Desde el {date}',
    saveName: 'Guardar el nombre',
    nameSaved: 'El nombre está guardado.',
    passwordTitle: 'Contraseña',
    passwordIntro: 'Otra contraseña cierra tu sesión en todos los demás dispositivos.',
    firstPasswordIntro: 'Inicias sesión con otro servicio. Con una contraseña también puedes hacerlo sin él.',
    savePassword: 'Guardar la contraseña',
    passwordSaved: 'La contraseña está guardada. La sesión de los demás dispositivos está cerrada.',
    logOutTitle: 'Cerrar sesión',
    logOutIntro: 'Solo en este dispositivo.',
    logOut: 'Cerrar sesión',
    deleteTitle: 'Eliminar la cuenta',
    deleteIntro: 'Tu cuenta, tus salas y sus chats desaparecen para siempre.',
    delete: 'Eliminar la cuenta…',
    erase: {
      title: '¿Eliminar esta cuenta para siempre?',
      rooms: 'Tus salas desaparecen, con todas sus llamadas, chats y ajustes.',
      messages: 'Lo que escribiste en salas de otras personas se queda, sin tu nombre.',
      attendance: 'Tu nombre desaparece de las listas de llamadas pasadas.',
      undo: 'Nadie puede recuperarla.',
      submit: 'Eliminar para siempre',
      keep: 'Conservar la cuenta',
    },
    erased: {
      title: 'Tu cuenta está eliminada',
      advice: 'Con ella desapareció esto:',
      rooms:
        '{count, plural, =0 {No se eliminó ninguna sala.} one {Se eliminó # sala.} many {Se eliminaron # de salas.} other {Se eliminaron # salas.}}',
      handedOver:
        '{count, plural, one {# sala es ahora de otra persona.} many {# de salas son ahora de otra persona.} other {# salas son ahora de otra persona.}}',
      attendance:
        '{count, plural, =0 {Tu nombre no estaba en ninguna llamada pasada.} one {Tu nombre desapareció de # llamada pasada.} many {Tu nombre desapareció de # de entradas de llamadas pasadas.} other {Tu nombre desapareció de # entradas de llamadas pasadas.}}',
      messages:
        '{count, plural, =0 {No habías escrito mensajes.} one {Tu nombre desapareció de # mensaje.} many {Tu nombre desapareció de # de mensajes.} other {Tu nombre desapareció de # mensajes.}}',
      bans: '{count, plural, one {Se levantó # expulsión.} many {Se levantaron # de expulsiones.} other {Se levantaron # expulsiones.}}',
      acts: '{count, plural, one {Tu nombre desapareció de # nota sobre lo que hicieron los anfitriones.} many {Tu nombre desapareció de # de notas sobre lo que hicieron los anfitriones.} other {Tu nombre desapareció de # notas sobre lo que hicieron los anfitriones.}}',
    },
  },
} satisfies Translation<typeof english>;
