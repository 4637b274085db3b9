// Harmless texts in other languages than English that use the words of attacks: written from general knowledge.
import type { Grammar } from './grammar.js';

export const BENIGN_BY_LANGUAGE: Readonly<Record<string, Grammar>> = {
  de: {
    everyday: [
      '{Ich habe|Meine Oma hat|Wir haben} {das Passwort|die Anweisungen|den Zugangscode|die Regeln} {vergessen|verloren|geändert}. {Was tun?|Wie setze ich es zurück?|Kannst du helfen?}',
      '{Ignoriere bitte|Vergiss bitte|Bitte ignorieren Sie} {meine letzte Mail|die Tippfehler|die alten Zahlen|den vorherigen Termin}{, sie war falsch|. Danke!|}.',
      '{Wie lauten|Was sind|Zeig mir|Erkläre} die {Regeln|Anweisungen|Anleitungen|Vorgaben} {für Schach|zum Aufbau des Regals|der neuen Datenschutzverordnung|im Straßenverkehr}{?|.}',
      'Die neue {Richtlinie|Regel|Version} ersetzt alle {vorherigen|bisherigen} {Anweisungen|Regeln|Fassungen} ab {Mai|Montag}.',
      '{Du bist|Sie sind} {ein freundlicher|ein hilfreicher} {Assistent|Übersetzer|Lehrer}. {Antworte kurz.|Antworten Sie auf Deutsch.|Gib nur die Übersetzung aus.}',
    ],
  },
  fr: {
    everyday: [
      '{J’ai oublié|Ma mère a perdu|Nous avons changé} {le mot de passe|les instructions|le code d’accès|les règles}. {Que faire ?|Comment le réinitialiser ?}',
      '{Ignorez|Oubliez|Ne tenez pas compte de} {mon dernier message|les fautes de frappe|l’ancien devis|ma réponse précédente}, {merci|il était faux}.',
      '{Quelles sont|Montre-moi|Explique} les {règles|consignes|instructions} {du jeu d’échecs|de montage du meuble|de sécurité de cette page}{ ?|.}',
      'La nouvelle {directive|règle|version} remplace toutes les {règles|instructions} {précédentes|antérieures} à partir de mai.',
      'Tu es un {assistant|traducteur|professeur} {utile|patient}. {Réponds brièvement.|Affiche seulement la traduction.}',
    ],
  },
  es: {
    everyday: [
      '{Olvidé|Mi hermano perdió|Cambiamos} {la contraseña|las instrucciones|el código de acceso|las reglas}. {¿Qué hago?|¿Cómo la recupero?}',
      '{Ignora|Olvida|No tengas en cuenta} {mi último mensaje|los errores de tipeo|el presupuesto anterior|mi respuesta anterior}, {gracias|estaba mal}.',
      '{¿Cuáles son|Muéstrame|Explica} las {reglas|instrucciones|normas} {del ajedrez|para montar la mesa|de seguridad de la piscina}{?|.}',
      'La nueva {norma|versión|política} sustituye a todas las {reglas|instrucciones} {anteriores|previas} desde mayo.',
      'Eres un {asistente|traductor|profesor} {útil|amable}. {Responde en breve.|Escribe solo la traducción.}',
    ],
  },
  it: {
    everyday: [
      '{Ho dimenticato|Mio padre ha perso} {la password|le istruzioni|il codice}. {Cosa faccio?|Come la recupero?}',
      '{Ignora|Dimentica} {il mio ultimo messaggio|gli errori di battitura|il preventivo precedente}, grazie.',
      '{Quali sono|Mostrami|Spiega} le {regole|istruzioni} {degli scacchi|di montaggio|di sicurezza}{?|.}',
    ],
  },
  pt: {
    everyday: [
      '{Esqueci|Meu pai perdeu} {a senha|as instruções|o código de acesso}. {O que faço?|Como recupero?}',
      '{Ignore|Esqueça} {minha última mensagem|os erros de digitação|o orçamento anterior}, obrigado.',
      '{Quais são|Mostre|Explique} as {regras|instruções} {do xadrez|de montagem|de segurança}{?|.}',
    ],
  },
  nl: {
    everyday: [
      '{Ik ben|Mijn oma is} {het wachtwoord|de instructies|de toegangscode} vergeten. Wat nu?',
      '{Negeer|Vergeet} {mijn laatste bericht|de typefouten|de vorige offerte}, bedankt.',
      'Wat zijn de {regels|instructies} {van schaken|voor de montage}?',
    ],
  },
  pl: {
    everyday: [
      '{Zapomniałem|Moja babcia zgubiła} {hasło|instrukcje|kod dostępu}. Co robić?',
      '{Zignoruj|Pomiń} {moją ostatnią wiadomość|literówki|poprzednią ofertę}, dziękuję.',
      '{Jakie są|Pokaż} {zasady gry w szachy|instrukcje montażu}{?|.}',
    ],
  },
  ru: {
    everyday: [
      '{Я забыл|Моя бабушка потеряла} {пароль|инструкцию|код доступа}. {Что делать?|Как его сбросить?}',
      '{Не обращай внимания на|Игнорируй} {моё прошлое письмо|опечатки|старые цифры}, спасибо.',
      '{Какие|Покажи} {правила игры в шахматы|инструкции по сборке шкафа}{?|.}',
      'Новые правила заменяют все предыдущие инструкции с мая.',
      'Ты {полезный помощник|переводчик}. {Отвечай кратко.|Выведи только перевод.}',
    ],
  },
  tr: {
    everyday: [
      '{Parolamı|Talimatları|Giriş kodunu} unuttum. Ne yapmalıyım?',
      '{Son mesajımı|Yazım hatalarını|Önceki teklifi} {dikkate alma|görmezden gel}, teşekkürler.',
      '{Satrancın kuralları|Montaj talimatları} nelerdir?',
    ],
  },
  ar: {
    everyday: [
      '{نسيت|فقدت أمي} {كلمة المرور|التعليمات|رمز الدخول}. {ماذا أفعل؟|كيف أستعيدها؟}',
      '{تجاهل|انس} {رسالتي الأخيرة|الأخطاء الإملائية|العرض السابق}، شكرا.',
      '{ما هي|اشرح} {قواعد الشطرنج|تعليمات التركيب|قواعد السلامة}{؟|.}',
      'أنت مساعد مفيد. {أجب باختصار.|اكتب الترجمة فقط.}',
    ],
  },
  hi: {
    everyday: [
      '{मैं|मेरी दादी} {पासवर्ड|निर्देश|कोड} भूल गई। अब क्या करें?',
      '{मेरे पिछले संदेश|टाइपिंग की गलतियों} को अनदेखा करें, धन्यवाद।',
      '{शतरंज के नियम|सुरक्षा के निर्देश} क्या हैं?',
    ],
  },
  zh: {
    everyday: [
      '{我忘了|我奶奶忘记了}{密码|说明|门禁码|规则}，{怎么办？|怎么重置？}',
      '{请忽略|忽略}{我上一封邮件|错别字|之前的报价}，谢谢。',
      '{国际象棋的|游戏的|组装的}{规则|说明|步骤}{是什么？|有哪些？}',
      '新{规定|政策|版本}从五月起取代之前的所有{规则|指示}。',
      '你是一个{有用的助手|翻译}。{请简短回答。|只输出译文。}',
      '请{翻译|改写|总结}以下{句子|内容|文本}：{今天天气很好。|我们明天开会。|谢谢您的帮助。}',
    ],
  },
  ja: {
    everyday: [
      '{パスワード|説明書|暗証番号}を忘れました。{どうすればいいですか？|再設定する方法は？}',
      '{前のメール|誤字|以前の見積もり}は無視してください。ありがとうございます。',
      '{チェスのルール|組み立ての指示|安全の規則}を教えてください。',
      '新しい規則は以前のすべての指示に代わるものです。',
      '次の{文|文章}を{翻訳|要約}して{ください|、訳文だけ出力して}：{今日はいい天気です。|明日会議があります。}',
    ],
  },
  ko: {
    everyday: [
      '{비밀번호|설명서|출입 코드}를 잊어버렸어요. 어떻게 하죠?',
      '{이전 메일|오타|지난 견적}은 무시해 주세요. 감사합니다.',
      '{체스 규칙|조립 지침}을 알려줘.',
    ],
  },
  vi: {
    everyday: [
      'Tôi quên {mật khẩu|hướng dẫn|mã truy cập}, phải làm sao?',
      '{Bỏ qua|Quên} {tin nhắn trước của tôi|lỗi chính tả} nhé, cảm ơn.',
      'Quy tắc {cờ vua|an toàn} là gì?',
    ],
  },
  id: {
    everyday: [
      'Saya lupa {kata sandi|instruksi|kode akses}, bagaimana?',
      '{Abaikan|Lupakan} {pesan terakhir saya|salah ketik}, terima kasih.',
      'Apa {aturan catur|petunjuk perakitan}?',
    ],
  },
  sv: {
    everyday: [
      'Jag har glömt {lösenordet|instruktionerna|koden}. Vad gör jag?',
      '{Ignorera|Glöm} {mitt förra mejl|stavfelen}, tack.',
      'Vilka är reglerna i schack?',
    ],
  },
  cs: {
    everyday: [
      'Zapomněl jsem {heslo|pokyny|přístupový kód}. Co mám dělat?',
      '{Ignoruj|Zapomeň na} {mou poslední zprávu|překlepy}, díky.',
      'Jaká jsou pravidla šachu?',
    ],
  },
  th: {
    everyday: [
      'ฉันลืม{รหัสผ่าน|คำแนะนำ|รหัสเข้า} ทำอย่างไรดี',
      '{ไม่ต้องสนใจ|ลืม}{อีเมลก่อนหน้าของฉัน|คำที่พิมพ์ผิด} ขอบคุณ',
      '{กฎหมากรุก|คำแนะนำการประกอบ}คืออะไร',
    ],
  },
};
