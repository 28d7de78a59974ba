package datamatrix

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
)

// mot draws a text of min to max characters of an alphabet.
func mot(r *rand.Rand, alphabet string, min, max int) string {
	b := make([]byte, min+r.IntN(max-min+1))
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

const alnum = majus + chifs

// nom draws names as the INS format admits them.
func nom(r *rand.Rand, max int) string {
	s := mot(r, majus, 1, max)
	if r.IntN(3) == 0 && len(s)+3 <= max {
		s += string(" -'"[r.IntN(3)]) + mot(r, majus, 1, 2)
	}
	if r.IntN(20) == 0 {
		s = strings.Repeat("Z", max)
	}
	return s
}

func tireAMC(r *rand.Rand) AttestationAMC {
	a := AttestationAMC{Version: "1", NumeroAMC: simphonie.NumeroAMC(mot(r, chifs, 8, 8)),
		CSR: mot(r, alnum, 0, 3), NumeroAdherent: conf(mot(r, alnum, 1, 15))}
	for range 1 + r.IntN(5) {
		g := GroupeConvention{mot(r, majus, 2, 2), mot(r, lettresObservees, 1, 19)}
		if r.IntN(6) == 0 {
			g.Domaines = "*"
		}
		a.Groupes = append(a.Groupes, g)
	}
	switch r.IntN(4) {
	case 0:
		a.Fin = conf(mot(r, chifs, 1, 24) + `\`)
	case 1:
		a.Fin = conf("          ")
	}
	return a
}

func tireINS(r *rand.Rand) INS {
	i := INS{Version: "01", Matricule: simphonie.NIRRecu(mot(r, chifs, 15, 15)),
		OID: []string{OIDNIR, OIDNIA, OIDTest}[r.IntN(3)], Prenoms: conf(nom(r, 100)), Nom: conf(nom(r, 100)), Sexe: conf(string("MF"[r.IntN(2)]))}
	i.Naissance, _ = simphonie.ParseDateNaissance(fmt.Sprintf("%04d-%02d-%02d", 1900+r.IntN(130), r.IntN(13), r.IntN(32)))
	if r.IntN(3) > 0 {
		i.Lieu = conf([]string{"63220", "2A020", "99255"}[r.IntN(3)])
	}
	if r.IntN(8) == 0 {
		i.Autres = []BlocINS{{"S9", conf(nom(r, 20))}}
	}
	return i
}

func tire2D(r *rand.Rand) Doc2D {
	d := Doc2D{Version: "0" + string("1234"[r.IntN(4)]), CA: "FR" + mot(r, chifs, 2, 2), Certificat: mot(r, alnum, 4, 4),
		Emission: simphonie.MustJour("2000-01-01").AddDays(r.IntN(0xFFFF)), Type: mot(r, chifs, 2, 2)}
	if d.Version >= "03" {
		d.Perimetre = "01"
	}
	if d.Version == "04" {
		d.Pays = "FR"
	}
	for _, id := range []string{"10", "12", "24", "L0", "L2"} {
		c := Champ2D{Id: id, Valeur: conf(mot(r, majus, 1, 30) + " 9"), Separe: true, Tronque: r.IntN(6) == 0}
		if n := Champs2DUsuels()[id]; n > 0 {
			c = Champ2D{Id: id, Valeur: conf(mot(r, chifs, n, n))}
		}
		d.Champs = append(d.Champs, c)
	}
	d.Champs = append(d.Champs, Champ2D{Id: "26", Valeur: conf("F1")}) // ends outside the signature's alphabet
	d.Signature = conf(mot(r, "\x00\x01 AZ\x7f\xff", 64, 64))
	return d
}

func tireGS1(r *rand.Rand) GS1 {
	g := "0340093" + mot(r, chifs, 6, 6)
	for _, c := range chifs {
		if cleGTIN(g + string(c)) {
			g += string(c)
			break
		}
	}
	return GS1{[]ElementGS1{{"01", conf(g)}, {"17", conf("26" + "0" + mot(r, "123456789", 1, 1) + "00")},
		{"10", conf("L" + mot(r, majus, 1, 19))}, {"21", conf(mot(r, alnum, 1, 20))}}}
}

// tirages draws one value of each kind, the attestation and the INS first.
func tirages(r *rand.Rand) []Encodable {
	return []Encodable{tireAMC(r), tireINS(r), tire2D(r), tireGS1(r)}
}

// FuzzParseText looks for a text that breaks the reading, or that reads back
// as another value once written again.
func FuzzParseText(f *testing.F) {
	for _, c := range casCodes {
		if len(c.texte) < 500 {
			f.Add([]byte(c.texte))
		}
	}
	for _, v := range tirages(rand.New(rand.NewPCG(1, 1))) {
		s, err := v.EncodeText()
		if err != nil {
			f.Fatal(err)
		}
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := ParseText(b, OptionsTexte{})
		if l.Brut.Clair() != string(b) {
			t.Fatal("the raw octets changed")
		}
		if !strings.Contains(l.String(), l.Genre.String()) {
			t.Fatal("String without its kind")
		}
		if err != nil {
			e, ok := err.(*Erreur)
			if !ok || e.Message() == "" || e.Octet < 0 || e.Octet > len(b) || l.Valeur != nil {
				t.Fatalf("error %v, value %v", err, l.Valeur)
			}
			return
		}
		for _, x := range l.Avertissements {
			if x.Octet < 0 || x.Octet > len(b) {
				t.Fatalf("warning %v", x)
			}
		}
		v, ok := l.Valeur.(Encodable)
		if !ok {
			return
		}
		s, err := v.EncodeText()
		if err != nil {
			return // what arrives may be odder than what we write
		}
		o := OptionsTexte{}
		if l.Genre == GenreGS1 {
			o.AIM = "]d2"
		}
		l2, err := ParseText(s, o)
		if err != nil {
			t.Fatalf("%q written again as %q: %v", b, s, err)
		}
		egal(t, fmt.Sprintf("%q written again as %q", b, s), l2.Valeur, l.Valeur)
	})
}
