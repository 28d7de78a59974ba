package concert

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/erreurs"
)

func code(t testing.TB, err error) simphonie.Code {
	t.Helper()
	require.Error(t, err)
	return erreurs.Code(err)
}

func message(items ...string) Message {
	var m Message
	for i := 0; i < len(items); i += 2 {
		m.Ajoute(items[i], items[i+1])
	}
	return m
}

// Frames that vendors publish.
func TestTramesV3(t *testing.T) {
	for trame, items := range map[string][]string{
		"CZ0040300CJ012247300123456CA00201CB00512345CD0010CE003978": {"CZ", "0300", "CJ", "247300123456", "CA", "01", "CB", "12345", "CD", "0", "CE", "978"},
		"CZ0040300CJ012247300123456CA00201CB0042500CD0010CE003978":  {"CZ", "0300", "CJ", "247300123456", "CA", "01", "CB", "2500", "CD", "0", "CE", "978"},
		"CZ0040300CJ012000000000000CA00201CB003100CD0010CE003978":   {"CZ", "0300", "CJ", "000000000000", "CA", "01", "CB", "100", "CD", "0", "CE", "978"},
		"CZ0040310CJ012247300123456CA00201CB0040300CD0011CE003978BH01118295910399BI020your.email@gmail.comCK003120": {"CZ", "0310", "CJ", "247300123456",
			"CA", "01", "CB", "0300", "CD", "1", "CE", "978", "BH", "18295910399", "BI", "your.email@gmail.com", "CK", "120"},
		"CZ0040320CJ012999999999999AE00201AF00209CA00201CB00512345CD0010CE003978": {"CZ", "0320", "CJ", "999999999999", "AE", "01", "AF", "09", "CA", "01",
			"CB", "12345", "CD", "0", "CE", "978"},
		"CZ0040300AE00210CB00205CD0010CE003978CA00201": {"CZ", "0300", "AE", "10", "CB", "05", "CD", "0", "CE", "978", "CA", "01"},
	} {
		m := message(items...)
		b, err := m.Encode()
		require.NoError(t, err)
		assert.Equal(t, trame, string(b))
		lu, err := DecodeMessage(b)
		require.NoError(t, err)
		assert.Equal(t, m, lu)
		lu, err = DecodeMessage([]byte(trame + "\r\n"))
		require.NoError(t, err)
		assert.Equal(t, m, lu)
	}
}

func TestOrdreV3(t *testing.T) {
	v := V3{Version: "0300", Identifiant: "247300123456"}
	d := &demande{operation: Debit, caisse: "01", Ordre: Ordre{Reference: "P-1", Montant: 12345}}
	m, err := v.demande(d)
	require.NoError(t, err)
	b, err := v.octets(m)
	require.NoError(t, err)
	assert.Equal(t, "CZ0040300CJ012247300123456CA00201CB00512345CD0010CE003978CF003P-1", string(b), "what is not asked is not sent")

	v.CRLF = true
	d.Montant, d.operation = 5, Credit
	d.Options = Options{Application: "00C", Immediat: true, Force: true, Lecture: LectureSansContact, Ticket: true,
		Telephone: simphonie.NewConfidentiel("0102030405"), Courriel: simphonie.NewConfidentiel("a@b.fr")}
	m, err = v.demande(d)
	require.NoError(t, err)
	b, err = v.octets(m)
	require.NoError(t, err)
	assert.Equal(t, "CZ0040300CJ012247300123456CA00201CB00205CD0011CE003978CF003P-1CC00300CBA0011BB0011CI0012BH0100102030405BI006a@b.frCK003100\r\n", string(b))
	d.operation, d.Options = Debit, Options{Partiel: true}
	m, err = v.demande(d)
	require.NoError(t, err)
	assert.Equal(t, "1", m.valeur("BF"))

	for _, mal := range []demande{
		{operation: Debit, caisse: "01", Ordre: Ordre{Montant: 0}},
		{operation: Debit, caisse: "01", Ordre: Ordre{Montant: -5}},
		{operation: Debit, caisse: "01", Ordre: Ordre{Montant: 1_000_000_000_000}},
	} {
		_, err := v.demande(&mal)
		assert.Equal(t, simphonie.Code("TPE-MONTANT"), code(t, err))
	}
	for _, mal := range []demande{
		{operation: 9, Ordre: Ordre{Montant: 1}},
		{operation: Credit, Ordre: Ordre{Montant: 1, Options: Options{Partiel: true}}},
		{operation: Debit, Ordre: Ordre{Montant: 1, Options: Options{Application: "XXX"}}},
		{operation: Debit, Ordre: Ordre{Montant: 1, Options: Options{Application: "301"}}},
		{operation: Debit, Ordre: Ordre{Montant: 1, Options: Options{Application: "30F"}}},
		{operation: Debit, Ordre: Ordre{Montant: 1, Options: Options{Application: "604"}}},
		{operation: Debit, Ordre: Ordre{Montant: 1, Options: Options{Lecture: 5}}},
	} {
		_, err := v.demande(&mal)
		assert.Equal(t, simphonie.Code("TPE-ORDRE"), code(t, err))
	}
}

func TestEncodeStrict(t *testing.T) {
	for nom, m := range map[string]Message{
		"empty": {}, "CZ not first": message("CA", "01", "CZ", "0300"), "twice": message("CZ", "0300", "CA", "01", "CA", "01"),
		"unknown tag": message("CZ", "0300", "QQ", "1"), "short amount": message("CZ", "0300", "CB", "5"), "long amount": message("CZ", "0300", "CB", "1234567890123"),
		"letters": message("CZ", "0300", "CB", "12A"), "not ASCII": message("CZ", "0300", "CF", "é"), "control": message("CZ", "0300", "CF", "a\nb"),
		"long": message("CZ", "0300", "CF", strings.Repeat("x", 100)), "phone": message("CZ", "0300", "BH", "1234567"),
	} {
		_, err := m.Encode()
		assert.Equal(t, simphonie.Code("TPE-ENCODE"), code(t, err), nom)
	}
	m := message("CZ", "0300", "CF", "")
	assert.Equal(t, []string{"CZ"}, m.Etiquettes(), "a zero-length item is not sent")
}

func TestDecodeTolerant(t *testing.T) {
	m, err := DecodeMessage([]byte("CE003978QQ003abcCA0011CB000AE00201AF0020\xff"))
	require.NoError(t, err)
	assert.Equal(t, []string{"CE", "QQ", "CA", "CB", "AE", "AF"}, m.Etiquettes(), "any order, unknown tags, other lengths, any byte")
	for _, mal := range []string{"", "\r\n", "CZ00X0300", "AE00", "AE00510", "A", "AE", "AE-0110", "ae00210", "AE00210AE00210", "AE00210\r\nCA00201", "AE00210 "} {
		_, err := DecodeMessage([]byte(mal))
		assert.Equal(t, simphonie.Code("TPE-DECODE"), code(t, err), mal)
	}
	_, err = DecodeMessage([]byte("AE00210" + strings.Repeat("A", messageMax)))
	assert.Equal(t, simphonie.Code("TPE-TAILLE"), code(t, err))
}

// What an answer means.
func TestReponseV3(t *testing.T) {
	v := V3{Version: "0300", Identifiant: "247300123456"}
	const bonne = "CZ0040300AE00210CA00201CB00512345CD0010CE003978"
	const reference = "CF003P-1"
	for _, c := range []struct {
		nom, recu string
		partiel   bool
		issue     Issue
		regle     simphonie.Montant
		cause     simphonie.Code
	}{
		{"done", bonne + reference, false, Faite, 12345, ""},
		{"zero padded", "CZ0040300AE00210CA00201CB012000000012345CD0010CE003978" + reference, false, Faite, 12345, ""},
		{"space padded reference", bonne + "CF005P-1  ", false, Faite, 12345, ""},
		{"forced", bonne + reference + "AF00203", false, Faite, 12345, ""},
		{"partial, allowed", "CZ0040300AE00210CA00201CB0041000CD0010CE003978" + reference, true, Faite, 1000, ""},
		{"partial, not asked", "CZ0040300AE00210CA00201CB0041000CD0010CE003978" + reference, false, Inconnue, 0, "TPE-ECART"},
		{"more than asked", "CZ0040300AE00210CA00201CB00512346CD0010CE003978" + reference, true, Inconnue, 0, "TPE-ECART"},
		{"nothing at all", "CZ0040300AE00210CA00201CB00200CD0010CE003978" + reference, true, Inconnue, 0, "TPE-ECART"},
		{"no amount", "CZ0040300AE00210CA00201CD0010CE003978" + reference, false, Inconnue, 0, "TPE-ECART"},
		{"amount not a number", "CZ0040300AE00210CA00201CB005123A5CD0010CE003978" + reference, false, Inconnue, 0, "TPE-ECART"},
		{"amount below zero", "CZ0040300AE00210CA00201CB006-12345CD0010CE003978" + reference, true, Inconnue, 0, "TPE-ECART"},
		{"huge amount", "CZ0040300AE00210CA00201CB01499999999999999CD0010CE003978" + reference, true, Inconnue, 0, "TPE-ECART"},
		{"other desk", "CZ0040300AE00210CA00202CB00512345CD0010CE003978" + reference, false, Inconnue, 0, "TPE-ECART"},
		{"a pre-authorisation is not a payment", bonne + reference + "CC003301", false, Inconnue, 0, "TPE-ECART"},
		{"short desk", "CZ0040300AE00210CA0011CB00512345CD0010CE003978" + reference, false, Inconnue, 0, "TPE-ECART"},
		{"no desk", "CZ0040300AE00210CB00512345CD0010CE003978" + reference, false, Inconnue, 0, "TPE-ECART"},
		{"other action", "CZ0040300AE00210CA00201CB00512345CD0011CE003978" + reference, false, Inconnue, 0, "TPE-ECART"},
		{"other currency", "CZ0040300AE00210CA00201CB00512345CD0010CE003953" + reference, false, Inconnue, 0, "TPE-ECART"},
		{"other payment", bonne + "CF003P-2", false, Inconnue, 0, "TPE-ECART"},
		{"of no payment: perhaps of an order before", bonne, false, Inconnue, 0, "TPE-ECART"},
		{"done and refused", bonne + reference + "AF00204", false, Inconnue, 0, "TPE-CONTRADICTION"},
		{"immediate", "CZ0040300AE00211CA00201CB00512345CD0010CE003978", false, Inconnue, 0, "TPE-PRIS-EN-COMPTE"},
		{"no status", "CZ0040300CA00201CB00512345CD0010CE003978", false, Inconnue, 0, "TPE-STATUT"},
		{"status of nobody", "CZ0040300AE00212CA00201CB00512345CD0010CE003978", false, Inconnue, 0, "TPE-STATUT"},
		{"refused", "CZ0040320CJ012999999999999AE00201AF00209CA00201CB00512345CD0010CE003978", false, NonFaite, 0, ""},
		{"red button, no amount", "CZ0040300AE00201AF00206", false, NonFaite, 0, ""},
		{"red button, empty amount", "CZ0040300AE00201AF00206CB000", false, NonFaite, 0, ""},
		{"red button, zero amount", "CZ0040300AE00201AF00206CB00200", false, NonFaite, 0, ""},
		{"no reason", "CZ0040300AE00201", false, NonFaite, 0, ""},
		{"not done and authorised", "CZ0040300AE00201AF00201", false, Inconnue, 0, "TPE-CONTRADICTION"},
		{"refusal of another payment", "CZ0040300AE00201AF00204CF003P-2", false, Inconnue, 0, "TPE-ECART"},
		{"refusal of another amount", "CZ0040300AE00201AF00204CB003999", false, Inconnue, 0, "TPE-ECART"},
		{"refusal of another desk", "CZ0040300AE00201AF00204CA00202", false, Inconnue, 0, "TPE-ECART"},
		{"refusal of another action", "CZ0040300AE00201AF00204CD0011", false, Inconnue, 0, "TPE-ECART"},
		{"refusal in another currency", "CZ0040300AE00201AF00204CE003953", false, Inconnue, 0, "TPE-ECART"},
	} {
		d := &demande{operation: Debit, caisse: "01", Ordre: Ordre{Reference: "P-1", Montant: 12345, Options: Options{Partiel: c.partiel}}}
		m, err := DecodeMessage([]byte(c.recu))
		require.NoError(t, err, c.nom)
		r := juge(d, v.reponse(d, m))
		assert.Equal(t, []any{c.issue, c.regle, c.cause}, []any{r.Issue, r.Regle, r.Cause}, c.nom)
		assert.Equal(t, c.regle > 0 && c.regle < 12345, r.Partiel(), c.nom)
	}
	// The answer of an immediate order comes before the payment, whatever it says.
	m, err := DecodeMessage([]byte(bonne + reference))
	require.NoError(t, err)
	d := &demande{operation: Debit, caisse: "01", Ordre: Ordre{Reference: "P-1", Montant: 12345, Options: Options{Immediat: true}}}
	assert.Equal(t, simphonie.Code("TPE-PRIS-EN-COMPTE"), juge(d, v.reponse(d, m)).Cause)
	// A terminal that does not return the reference, and one that returns another.
	v.SansRecopie = true
	d = &demande{operation: Debit, caisse: "01", Ordre: Ordre{Reference: "P-1", Montant: 12345}}
	for recu, issue := range map[string]Issue{bonne: Faite, bonne + reference: Faite, bonne + "CF003P-2": Inconnue} {
		m, err := DecodeMessage([]byte(recu))
		require.NoError(t, err)
		assert.Equal(t, issue, juge(d, v.reponse(d, m)).Issue, recu)
	}
}

// A whole card number is kept nowhere, in whatever item it comes; an AID is none.
func TestCarteDansLesTextes(t *testing.T) {
	const carte, aid = "4970101234567898", "A0000000421010"
	m := message("AE", "10", "AA", carte, "AC", carte, "CG", carte, "CC", carte, "AB", carte, "CF", "X 4970-1012-3456-7898", "AI", carte, "AF", "04 CARTE "+carte)
	r := V3{}.reponse(&demande{}, m)
	clair, err := simphonie.MarshalEnClair(r)
	require.NoError(t, err)
	assert.NotContains(t, string(clair), "4970")
	assert.Contains(t, r.Ecarts, "CF", "it is compared all the same")
	assert.Equal(t, aid, V3{}.reponse(&demande{}, message("AI", aid)).AID.Clair())
}

func TestMotif(t *testing.T) {
	af := "04" + "51" + "REFUS EMETTEUR       " + "A1" + "07"
	require.Len(t, af, extension)
	m := lisMotif(af)
	assert.Equal(t, []string{"04", "51", "REFUS EMETTEUR", "A1", "07"}, []string{m.Code, m.Emetteur.Clair(), m.Texte44.Clair(), m.Accepteur.Clair(), m.NonAcheve.Clair()})
	assert.Equal(t, "Refusé par la banque.", m.Texte())
	m = lisMotif("06reste")
	assert.Equal(t, []string{"06", "reste"}, []string{m.Code, m.Complement.Clair()})
	assert.Equal(t, Motif{}, lisMotif("x"))
	assert.Equal(t, Motif{}, lisMotif("ABC"))
	assert.Equal(t, "Motif inconnu du terminal.", lisMotif("77").Texte())
	for i := range 14 {
		assert.NotEmpty(t, motifs[string([]byte{'0' + byte(i/10), '0' + byte(i%10)})])
	}
	assert.Equal(t, []string{"CB sans contact", "Moneo", ""}, []string{LibelleApplication("00B"), LibelleApplication("O"), LibelleApplication("ZZZ")})
}

// The vectors of the documents, byte for byte: the LRC may be a control byte.
func TestTramesEPlus(t *testing.T) {
	for _, c := range []struct {
		montant  simphonie.Montant
		rapport  bool
		immediat bool
		trame    string
	}{
		{1250, true, false, "02303130303030313235303131303937382020202020202020202041303130423031300301"},
		{1250, false, true, "02303130303030313235303031303937382020202020202020202041303131423031300301"},
		{5510, true, false, "02303130303030353531303131303937382020202020202020202041303130423031300306"},
	} {
		b, err := EPlus{Rapport: c.rapport}.demande(&demande{operation: Debit, caisse: "01", Ordre: Ordre{Montant: c.montant, Options: Options{Immediat: c.immediat}}})
		require.NoError(t, err)
		assert.Len(t, b, 34)
		assert.Equal(t, c.trame, hex.EncodeToString(trame(b)))
	}
	assert.Equal(t, "02303130303030303132353031393738303030303030303030300333", hex.EncodeToString(trame([]byte("0100000125019780000000000"))))
	assert.Equal(t, "02303137303030303132353031393738202020202020202020200334", hex.EncodeToString(trame([]byte("017000012501978          "))))
	longue := "01" + "0" + "00001250" + "1" + strings.Repeat("0", 55) + "978" + strings.Repeat("0", 10)
	require.Len(t, trame([]byte(longue)), 83)
	assert.Equal(t, byte(0x03), lrc([]byte(longue)))

	b, err := EPlus{}.demande(&demande{operation: Annulation, caisse: "12", Ordre: Ordre{Montant: 1, Reference: "P-1", Options: Options{Application: "C", Force: true}}})
	require.NoError(t, err)
	assert.Equal(t, "12000000010C2978P-1       A010B011", string(b))
	_, err = EPlus{}.demande(&demande{operation: Debit, Ordre: Ordre{Montant: 100_000_000}})
	assert.Equal(t, simphonie.Code("TPE-MONTANT"), code(t, err), "eight digits")
	for _, o := range []Options{{Partiel: true}, {Ticket: true}, {Lecture: LecturePuce}, {Application: "Z"}, {Telephone: simphonie.NewConfidentiel("0102030405")}, {Courriel: simphonie.NewConfidentiel("a@b.fr")}} {
		_, err := EPlus{}.demande(&demande{operation: Debit, Ordre: Ordre{Montant: 1, Options: o}})
		assert.Equal(t, simphonie.Code("TPE-ORDRE"), code(t, err))
	}
}

func TestReponseEPlus(t *testing.T) {
	for recu, attendu := range map[string]struct {
		issue Issue
		cause simphonie.Code
	}{
		"0100000125019780000000000": {Faite, ""},
		"01700001250197800000 0000": {NonFaite, ""},
		"017000012501978          ": {NonFaite, ""},
		"0190000125019780000000000": {Inconnue, "TPE-STATUT"},
		"01X0000125019780000000000": {Inconnue, "TPE-STATUT"},
		"0200000125019780000000000": {Inconnue, "TPE-ECART"},
		"0100000125119780000000000": {Inconnue, "TPE-ECART"},
		"01000001250C9780000000000": {Inconnue, "TPE-ECART"},
		"0100000125019530000000000": {Inconnue, "TPE-ECART"},
		"0170000125119780000000000": {Inconnue, "TPE-ECART"}, // the refusal of another order
	} {
		d := &demande{operation: Debit, caisse: "01", Ordre: Ordre{Montant: 1250}}
		r, err := EPlus{}.reponse(d, []byte(recu))
		require.NoError(t, err)
		res := juge(d, r)
		assert.Equal(t, []any{attendu.issue, attendu.cause}, []any{res.Issue, res.Cause}, recu)
	}
	d := &demande{operation: Debit, caisse: "01", Ordre: Ordre{Montant: 1250, Options: Options{Immediat: true}}}
	r, err := EPlus{}.reponse(d, []byte("0100000125019780000000000"))
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("TPE-PRIS-EN-COMPTE"), juge(d, r).Cause)
	_, err = EPlus{}.reponse(d, []byte("01000001250197800000000"))
	assert.Equal(t, simphonie.Code("TPE-DECODE"), code(t, err))

	r, err = EPlus{Recopie: true}.reponse(d, []byte("010000012501978P-2       "))
	require.NoError(t, err)
	assert.Equal(t, []string{"privé"}, r.Ecarts)
	rapport := func(numero string) *Reponse {
		r, err := EPlus{Rapport: true}.reponse(d, []byte("010000012501"+(numero + " A0000000421010" + strings.Repeat(" ", 55))[:55]+"978N-42      "))
		require.NoError(t, err)
		return r
	}
	assert.Equal(t, "497010######0016", rapport("497010######0016").PAN.Clair())
	assert.True(t, rapport("4970101234567890").PAN.IsZero(), "a whole number is not held")
	assert.Equal(t, "N-42", rapport("x").Prive.Clair())
	assert.NotContains(t, canari.Montre(rapport("497010######0016")), "497010")
}

func TestPAN(t *testing.T) {
	p, err := NewPAN("497010######1234")
	require.NoError(t, err)
	assert.Equal(t, "497010######1234", p.Clair())
	assert.NotContains(t, canari.Montre(p), "1234")
	b, err := simphonie.MarshalEnClair(p)
	require.NoError(t, err)
	var q PAN
	require.NoError(t, q.UnmarshalText(b[1:len(b)-1]))
	assert.Equal(t, p, q)
	for _, s := range []string{"4970101234567890", "4970 1012 3456 7890", "497010#####12345"} {
		_, err = NewPAN(s)
		assert.Equal(t, simphonie.Code("TPE-PAN"), code(t, err))
		assert.Error(t, q.UnmarshalText([]byte(s)))
	}
	assert.Error(t, q.UnmarshalText([]byte("***")))
	assert.True(t, PAN{}.IsZero())
}

func TestReference(t *testing.T) {
	for _, s := range []string{"P-1", "2026-0042-1", "A1", strings.Repeat("1", 12), "F2026-000000000042"[:14]} {
		assert.NoError(t, verifieReference(s, 32), s)
	}
	for _, s := range []string{"", "DUPONT", "A_1", "é1", "1 2", strings.Repeat("a1", 17), "4970101234567890", "4970-1012-3456-7890", "1850375116001", "185037511600142",
		"18503-2A-004-123", "185032a004123", "P-1850375116001"} {
		assert.Equal(t, simphonie.Code("TPE-REFERENCE"), code(t, verifieReference(s, 32)), s)
	}
	assert.Error(t, verifieReference("P-123456789", refMaxEPlus))
}

// Nothing of a message is shown but codes and amounts.
func TestDescribe(t *testing.T) {
	b := []byte("CZ0040300CA00201CB00512345CE003978AE00210AA0164970101234567890BH0100102030405QQ003abcZT021CK003100AK008QUJDREVG")
	m, err := DecodeMessage(b)
	require.NoError(t, err)
	assert.Equal(t, `CZ 004 0300 (version du protocole)
CA 002 01 (numéro de caisse)
CB 005 12345 (montant en centimes)
CE 003 978 (devise)
AE 002 10 (état)
AA 016 *** (numéro de carte tronqué)
BH 010 *** (téléphone du patient)
QQ 003 ***
ZT 021 *** (ticket (groupe))
  CK 003 100 (choix du ticket)
  AK 008 *** (ticket)
`, m.Describe())
	assert.Equal(t, m.Describe(), Describe(b))
	assert.Contains(t, Describe(b[:50]), "illisible à partir de l'octet")
	assert.Contains(t, Describe([]byte("4970101234567890")), "illisible à partir de l'octet 1 sur 16")
	montre := canari.Montre(m) + canari.Montre(&m)
	for _, secret := range []string{"4970101234567890", "0102030405", "QUJDREVG", "abc"} {
		assert.NotContains(t, montre, secret)
	}
	d := &demande{caisse: "01", Ordre: Ordre{Montant: 12345}}
	r := V3{}.reponse(d, m)
	assert.Equal(t, "ABCDEF", r.Ticket.Clair())
	assert.True(t, r.PAN.IsZero())
	montre = canari.Montre(r) + canari.Montre(*r)
	for _, secret := range []string{"4970101234567890", "ABCDEF"} {
		assert.NotContains(t, montre, secret)
	}
}
