import { assign, type DemoTicket, message, note, reply, step } from './demo-ticket.js';

const gerda = {
  name: 'Gerda Freiherrin von Hohenlohe-Waldenburg-Schillingsfürst',
  email: 'gerda@hohenlohe.example.de',
};
const noor = { name: 'نور الهاشمي', email: 'noor@example.ae' };
const shira = { name: 'שירה כהן', email: 'shira.cohen@example.co.il' };
const kenji = { name: '山田 健二', email: 'kenji.yamada@example.jp' };

/** What real mail looks like on a bad day: long words, other directions, full lines, and things that nobody wants. */
export const unusualTickets: readonly DemoTicket[] = [
  {
    key: 'long-german-words',
    from: gerda,
    hoursAgo: 7,
    subject: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
    body: 'Sehr geehrte Damen und Herren,\n\nunsere Rechtsschutzversicherungsgesellschaft verlangt für die Betriebsunfähigkeitsbescheinigung des Höhenverstellungsmechanismus eine Gewährleistungsverlängerungsbestätigung. Können Sie uns diese ausstellen?\n\nMit freundlichen Grüßen',
    channel: 'email',
    category: 'Gewährleistungsangelegenheiten',
    tags: ['warranty', 'german'],
    steps: [
      assign(11, 'supervisor', 'agent', 'Front desk'),
      reply(
        37,
        'agent',
        'Sehr geehrte Frau von Hohenlohe,\n\ngern. Die Bestätigung über die verlängerte Gewährleistung geht Ihnen heute per Post und vorab als PDF zu.\n\nMaya Lindqvist',
        'pending',
      ),
    ],
  },
  {
    key: 'arabic',
    from: noor,
    hoursAgo: 11,
    subject: 'الطلب رقم NW-20731 لم يصل بعد',
    body: 'مرحباً،\n\nطلبت كرسي المكتب قبل أسبوعين ولم يصل حتى الآن. هل يمكنكم إخباري أين الطرد؟ رقم التتبع هو 00340434.\n\nشكراً لكم',
    category: 'Delivery',
    tags: ['carrier'],
    steps: [
      assign(22, 'supervisor', 'aiko', 'Front desk'),
      reply(
        41,
        'aiko',
        'مرحباً نور،\n\nالطرد في جمارك دبي منذ يوم الأحد، وسيصلك يوم الخميس. نعتذر عن التأخير.\n\nAiko',
        'pending',
      ),
      message(300, 'شكراً، سأكون في المنزل يوم الخميس.'),
    ],
  },
  {
    key: 'hebrew',
    from: shira,
    hoursAgo: 23,
    subject: 'החזרה של מנורה – הזמנה NW-20655',
    body: 'שלום, המנורה הגיעה עם כבל קצר מדי (80 ס"מ במקום 2 מ\'). אפשר להחליף?',
    category: 'Delivery',
    tags: ['return'],
    steps: [assign(35, 'aiko', 'aiko', 'Front desk')],
  },
  {
    key: 'japanese',
    from: kenji,
    hoursAgo: 36,
    subject: '領収書の宛名を変更してください',
    body: 'お世話になっております。領収書の宛名を「株式会社山田設計」に変更していただけますでしょうか。よろしくお願いいたします。',
    channel: 'email',
    category: 'Billing',
    tags: ['invoice'],
    steps: [
      assign(18, 'aiko', 'aiko', 'Billing'),
      reply(
        27,
        'aiko',
        '山田様\n\nお問い合わせありがとうございます。宛名を変更した領収書をお送りしました。\n\n田中',
        'solved',
      ),
    ],
  },
  {
    key: 'eighty-characters',
    from: { name: 'Bartholomew Featherstonehaugh', email: 'b.featherstonehaugh@example.co.uk' },
    hoursAgo: 13,
    subject: 'Missing: left arm rest, right arm rest, both castors at the front, and the manual',
    body: 'Everything else was in the box.',
    category: 'Delivery',
    tags: ['spare-part', 'warehouse', 'packing', 'chair', 'complaint', 'second-time'],
  },
  {
    key: 'one-long-line',
    from: { name: 'log-forwarder', email: 'noreply@monitoring.example' },
    hoursAgo: 15,
    subject: 'https://shop.example.com/orders/NW-20417/items/7f3c9d2e-1a44-4b7e-9d7c-2f5f0f6f1a11?utm_source=mail',
    body: `Stack trace follows:\n${'at_com_example_shop_checkout_'.repeat(12)}\n\n${'0123456789abcdef'.repeat(16)}`,
    channel: 'api',
    category: 'Integration',
    priority: 'low',
  },
  {
    key: 'markup',
    from: { name: 'Robert "Bobby" Tables', email: 'bobby@example.school' },
    hoursAgo: 21,
    subject: '<b>Free</b> shipping?</title><script>alert(1)</script>',
    body: `Is shipping free above 50 €?\n\n<img src=x onerror=alert(1)> '; drop table tickets; --\n\n{{constructor.constructor('return 1')()}}`,
    category: 'Sales',
    steps: [
      assign(28, 'agent', 'agent', 'Front desk'),
      note(29, 'agent', 'Harmless. He tries every form on the internet.'),
      reply(31, 'agent', 'Hello Robert, it is, above 50 €. And your quotation marks arrived in one piece.', 'solved'),
    ],
  },
  {
    key: 'emoji',
    from: { name: 'Zoë 🌻', email: 'zoe@example.be' },
    hoursAgo: 1.5,
    subject: '👩‍👩‍👧‍👦 Bunk bed: is the ladder safe for a four year old? 🙏🏽',
    body: 'She climbs everything 😅 and I would like to know before I order.',
    channel: 'chat',
    category: 'Sales',
  },
  {
    key: 'spam',
    from: { name: 'SEO Team', email: 'growth@rank-first.example' },
    hoursAgo: 18,
    subject: 'Your website is LOSING customers every day!!!',
    body: 'We have analysed your site and found 214 critical errors. First place on all search engines guaranteed or your money back.',
    channel: 'email',
    steps: [step(40, 'aiko', 'spam')],
  },
  {
    key: 'trashed',
    from: { name: 'Auto Reply', email: 'out-of-office@example.com' },
    hoursAgo: 19,
    subject: 'Out of office: Re: Re: Re: Your order',
    body: 'I am back on the 30th.',
    channel: 'email',
    steps: [step(20, 'agent', 'trash')],
  },
];
