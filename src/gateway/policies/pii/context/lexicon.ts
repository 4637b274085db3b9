/**
 * Words that say what a value beside them is, by what they announce. Entries are separated by commas and match without
 * regard to case, from the start of a word (also inside `camelCase` and `snake_case` names) to its end, plural `s` allowed;
 * an entry that ends with `*` matches a longer word too. A space stands for one of ` `, `_`, `-`, `.`, `'`, or for nothing.
 * Entries in Chinese, Japanese and Korean match anywhere.
 */
export const CUES = {
  phone:
    'phone*, tel, telephone*, mobile*, mob, cell, cellphone, cellular, fax, whatsapp, signal, viber, call me, call us, call him, call her, call them, call back, ring, ring me, reach*, my number, your number, his number, her number, texted, text me, text him, text her, sms, hotline, helpline, landline, contact number, contact no, contact, dial*, voicemail, pager, msisdn, handy*, rufnummer, telefon*, telefax*, mobil*, fon, festnetz, anrufen, ruf mich*, rufen*, ruft*, meine nummer, erreich*, téléphon*, telephon*, portable, tél, appelez*, appeler, appelle moi, rappelez, rappeler, joindre, joignable, mon numéro, son numéro, mi número, su número, il mio numero, meu número, mój numer, mijn nummer, mitt nummer, numaram, teléfono*, telefono*, móvil*, movil*, celular*, llám*, llam*, cel, telefoon*, gsm, mobiel*, bel me, bel mij, bellen, cellulare*, chiam*, recapito, telemóvel*, telefone*, ligue, liga me, contato, komórk*, komork*, zadzwo*, ring mig, puhelin*, puhelimen*, matkapuhelin*, puh, soita, cep tel*, cep, телефон*, тел, мобильн*, позвон*, звон*, 电话, 電話, 手机, 手機, 联系方式, 联系电话, 携帯, 전화, 휴대폰, 핸드폰, 연락처, 번호로',
  card: 'card*, credit, debit, visa, mastercard, amex, american express, diners, discover, maestro, cc, cc num*, ccnum, ccn, kreditkarte*, karte*, kartennummer*, carte*, cb, tarjeta*, carta*, cartão*, cartao*, kaart*, creditcard*, karta*, kart*, karty, kort*, kreditkort*, kortti*, 信用卡, 卡号, 卡號, 银行卡, カード, 카드, карт*',
  cvv: 'cvv*, cvc*, csc, cid, cvn, security code, card code, verification code, prüfnummer, prüfziffer, kartenprüfnummer, sicherheitscode, code de sécurité, cryptogramme, código de seguridad, codigo de seguridad, codice di sicurezza, código de segurança, veiligheidscode, säkerhetskod, kod cvv, 安全码, セキュリティコード, 보안코드',
  expiry:
    'exp, expiry*, expires, expiring, expiration*, expire, expdate, valid thru, valid through, valid until, valid to, good thru, ablaufdatum, gültig bis, läuft ab, verfallsdatum, expire le, date d expiration, valable jusqu*, caduca*, vence*, vencimiento, valida hasta, válida hasta, scadenza, scade, validade, válido até, geldig tot, vervaldatum, ważna do, ważności, giltig till, utgår, voimassa, 有效期*, 有効期限, 유효기간, mm yy',
  pin: 'pin, pins, pincode, pin code, pin number, atm pin, geheimzahl, geheimnummer, code secret, code confidentiel, code pin, clave, pinkod, pinkoodi, pin kodu, passcode, 暗証番号',
  iban: 'iban*',
  swift: 'swift*, bic, bics, bank identifier*',
  bank: 'account number*, account no, account num, account, acct*, acc no, a/c, bank account*, checking, savings, direct deposit, deposit to, kontonummer*, konto*, compte*, cuenta*, conto, conta, rekening*, wire, beneficiary*, bankverbindung, account_number',
  routing: 'routing*, aba, rtn, transit number, aba number, micr, fedwire, ach, rt number',
  ssn: 'ssn*, social security*, social sec, soc sec, social number, ss number, ss no, ss #, seguro social, social',
  itin: 'itin*, taxpayer id*, individual taxpayer*, tax id*, tax payer id*',
  passport:
    'passport*, travel document*, reisepass*, passnummer, passeport*, pasaporte*, passaporto*, passaporte*, paspoort*, paszport*, pass nr, pass no, passi*, 护照, 護照, パスポート, 旅券, 여권, паспорт*, ppt no',
  license:
    "driver licen*, drivers licen*, driver's licen*, driving licen*, driver*, driving*, dl, dl number, dl no, dln, drivers license*, license number, licence number, license no, licence no, license, licence, führerschein*, permis de conduire, licencia*, carnet de conducir, patente*, rijbewijs*, prawo jazdy, prawa jazdy, körkort*, ajokort*, carteira de motorista, cnh, permit",
  npi: 'npi*, national provider*, provider id*, provider number, prescriber*, physician id',
  mbi: 'mbi*, medicare*, hicn, beneficiary id*',
  nhs: 'nhs*, health service number',
  nino: 'nino*, ni, national insurance*, ni number, ni no, nat ins, insurance number',
  utr: 'utr*, unique taxpayer*, self assessment*, tax reference*, unique tax reference',
  sin: 'sin, sins, social insurance*, nas, assurance sociale',
  tfn: 'tfn*, tax file*',
  abn: 'abn*, australian business*, business number',
  au_medicare: 'medicare*',
  aadhaar: 'aadhaar*, aadhar*, adhaar*, adhar*, uidai, uid, आधार*',
  pan: 'pan, pans, permanent account*, pan card, pan number, pan no, income tax*',
  de_tax:
    'steuer*, idnr, id nr, identifikationsnummer*, tin, tax id*, german tax*, tax number*, tax identification*, steuerliche*',
  es_nif: 'dni*, nif*, documento nacional*, documento de identidad*, documento',
  es_nie: 'nie, nies, extranjero*, extranjería',
  fr_nir:
    'nir, insee, sécurité sociale*, securite sociale*, numéro de sécu*, carte vitale, numéro ss, n° ss, sécu, secu, french social*, social security*',
  it_cf:
    'codice fiscale*, cod fisc*, codice fisc*, codicefiscale, fiscale, cf, c f, italian tax*, fiscal code*, tax code',
  nl_bsn: 'bsn*, burgerservicenummer*, burger service*, sofinummer*, sofi*',
  pl_pesel: 'pesel*',
  se_pnr:
    'personnummer*, personnr, pnr, swedish personal*, samordningsnummer*, person nr, personal identity*, svenskt id*',
  fi_hetu:
    'hetu*, henkilötunnus*, henkilotunnus*, henkilötunnukse*, personbeteckning*, finnish personal*, finnish id*, sotu*',
  br_cpf: 'cpf*, cadastro de pessoa*, contribuinte',
  sg_nric: 'nric*, fin, singapore id*, identity card',
  kr_rrn: 'rrn*, resident registration*, 주민등록*, 주민번호',
  cn_id:
    '身份证*, 身分證*, 身份證*, 公民身份*, 证件号*, chinese id*, china id*, resident identity*, resident id*, shenfenzheng, id card*',
  za_id:
    'south african id*, south africa id*, rsa id*, sa id, identity number, id number, za id, permanent resident*, refugee id*, id no',
  vat: 'vat*, vat no*, vat id*, vat number*, vatin, ust id*, ustid*, ust idnr*, umsatzsteuer*, uid nr, uid nummer, tva, n° tva, numéro de tva, intracommunautaire, iva, partita iva, p iva, piva, btw*, nif iva, nip, moms*, momsreg*, alv*, mwst*, steuernummer*, euvat, tax id*, tax number*',
  national_id:
    'id number, identity number, identification number, national id*, personal id*, identity, government id, id no, id card, tax number, tax id, personal code, citizen*, ausweis*, identité, identidad, identità',
  ip: 'ip, ips, ipv4, ipv6, ip address*, ip addr*, ipaddr*, host*, hostname, server*, client*, remote*, addr, address*, dns, nameserver*, gateway*, subnet*, netmask, cidr, ping, peer*, src, dst, x forwarded for, forwarded for, login*, logged in, failed, access*, attempt*, traffic, firewall*, block*, blocked*, connect*, network*, adresse ip, ip adresse, lease*, dhcp, vpn, proxy*, router*, listening, forwarded*, visitor*, banned, whitelist*, allowlist*, blacklist*, endpoint*, reachable, unreachable, subred, loopback, unspecified, multicast, unicast, tunnel*, route*, réseau, serveur*, servidor*, servidores',
  mac: 'mac, mac address*, mac addr*, hardware address*, physical address*, ethernet, bssid, hwaddr, ether, wlan*, wifi, nic, device*, mac adresse, adresse mac, dirección mac, link ether, 网卡',
  vin: 'vin, vins, vehicle identification*, vehicle id*, chassis*, fahrgestellnummer*, fahrzeug*, fin, bastidor, telaio, vehicle*, châssis, nummer van het chassis',
  plate:
    'plate*, license plate*, licence plate*, number plate*, registration*, reg, car reg, kennzeichen*, immatricul*, plaque*, matrícula*, matricula*, targa*, placa*, kenteken*, rejestracyjn*, registreringsnummer*, rekisterinumero*, vehicle reg*, nummernschild*, 车牌*, ナンバープレート, 번호판',
  dob: 'dob, d o b, date of birth*, birth date*, birth*, birthday*, birthdate*, bday, born*, geb, geboren*, geburtsdatum*, geburtstag*, né, née, naissance*, nacido, nacida, nacimiento*, nací, nato, nata, nascita*, nascido, nascida, nascimento*, nasci, geboortedatum*, geboorte*, geb dat, urodzon*, urodzenia*, ur, född, fødselsdato*, födelsedatum*, födelsedag*, syntynyt, syntymäaika*, født, doğum*, рожден*, родил*, 出生*, 生日, 生年月日, 생년월일, 생일, 生まれ',
  age: 'age, aged, ages, alter, edad, âge, idade, età, leeftijd, wiek, ålder, ikä',
  username:
    'username*, user name*, user, login, user handle, twitter handle, userid, user id, uname, screen name, account name, benutzername*, nutzername*, benutzer, anmeldename, nom d utilisateur, utilisateur, identifiant, pseudo, nombre de usuario, usuario, nome utente, utente, nome de usuário, usuário, gebruikersnaam, gebruiker, nazwa użytkownika, użytkownik, användarnamn, användare, käyttäjätunnus, käyttäjä, логин, пользователь, 用户名, 用戶名, 账号, ユーザー名, ユーザーid, 아이디, 사용자',
  password:
    'password*, passwd*, passphrase*, passcode, pass, pwd*, pw, psw, passwort*, kennwort*, mot de passe*, mdp, contraseña*, contrasena*, clave, wachtwoord*, senha*, password dimenticata, parola d ordine, hasło, hasła, haslo, lösenord*, losenord*, salasana*, şifre*, sifre, parola, пароль*, пароля, 密码, 密碼, パスワード, 비밀번호, adgangskode*, passord*, heslo',
  secret:
    'api key*, apikey*, api token*, access token*, auth token*, authtoken, secret*, client secret*, secret key*, token*, bearer, api secret*, private token, refresh token, credentials, x api key, access key*, signing key*, encryption key*, webhook secret*, schlüssel, clé api, clave api, chiave api',
  aws_secret:
    'aws secret*, secret access key*, secretaccesskey, aws_secret_access_key, secret key, aws secret access key, sak',
  crypto:
    'btc, bitcoin*, wallet*, eth, ethereum, crypto*, ltc, litecoin, doge, usdt, xrp, tron, blockchain, satoshi*, donat*, coin address',
  mrn: 'mrn, medical record*, patient id*, patient number, patient no, chart number, chart no, hospital number, health record*, patientennummer',
  insurance:
    'insurance id*, member id*, membership id*, policy number, policy no, policy id, subscriber id*, group number, insurance no, health plan*, payer id, insured id, plan id, krankenversicher*, versichertennummer*, health insurance*, medicaid*',
  /** Says that a dotted number is a version. */
  not_ip:
    'version*, ver, v, build*, release*, upgrade*, update*, downgrade*, firmware*, package*, npm, pip, sdk, driver*, rev, revision, tag, patch*, bump*, chrome, chromium, firefox, safari, mozilla, webkit, applewebkit, edge, edg, opera, android, ios, kernel, nginx, python, php, plugin*, requires, section, clause, chapter, oid, semver, mib, dependenc*, assembly*, runtime, framework, installer, library, lib, module, 版本, versión, versão, versione, wersja',
  /** Says that a number belongs to the trade, not to a person. */
  not_id:
    'order*, invoice*, tracking*, shipment*, isbn*, issn, ean, upc, gtin, asin, sku, part, part no, part number, mpn, model, serial*, imei, commit*, sha, sha1, sha256, md5, hash*, checksum*, uuid, guid, build*, run, revision, ticket*, case, issue, bug, seed, room, timestamp*, epoch, unix, ts, ms, millis*, seconds, bytes, size, offset, line, port, ref, reference*, transaction*, txn, trace*, span, request id, session*, correlation*, quote*, po, purchase order, total*, amount*, price*, sum, balance*, coordinates*, lat, lon, lng, longitude, latitude, version*, record, row, rows, count, quantity, qty, item*, product*, doi, arxiv, pmid, ids, order id, page, pages, chapter, job*, pid, process, thread, kb, mb, gb, usd, eur, gbp, bestellnummer, bestellung*, rechnung*, auftrag*, commande*, facture*, pedido*, factura*, ordine*, fattura*, ordernummer, sendungsnummer, artikelnummer, artikel*, array, random, nonce, population, revenue, score, index, zahlen, numbers, 订单*, 注文*, 주문*',
} as const satisfies Record<string, string>;

export type Cue = keyof typeof CUES;
