package pkcs11

import "github.com/simphonie/simphonie"

// Activite is one situation of practice of the holder, from a data object
// CPS_ACTIVITY_nn_PS. Fields that are absent are empty. The character set of the
// texts is not documented: they are the bytes of the card.
type Activite struct {
	RaisonSociale simphonie.Confidentiel // name of the structure
	Structure     simphonie.Confidentiel // national identifier of the structure, Struct_IdNat
	Secteur       string                 // sector of activity, as SA01 (hospital employee) or SA07 (libéral)
}

// Tags of an activity on a CPS3.
const (
	tagActivite      = 0xEE
	tagRaisonSociale = 0x84
	tagStructure     = 0x85
	tagSecteur       = 0x86
)

// DecodeActivite reads the BER-TLV of an activity: one container 0xEE, fields
// 0x84, 0x85 and 0x86. Other fields are left out; 0x00 and 0xFF around fields are
// padding. Code of errors: CARTE-ACTIVITE, without the data.
func DecodeActivite(b []byte) (Activite, error) {
	champs, err := elements(b)
	if err != nil {
		return Activite{}, err
	}
	if len(champs) != 1 || champs[0].tag != tagActivite {
		return Activite{}, malforme("one container 0xEE is wanted")
	}
	if champs, err = elements(champs[0].valeur); err != nil {
		return Activite{}, err
	}
	var a Activite
	vus := map[byte]bool{}
	for _, c := range champs {
		if vus[c.tag] {
			return Activite{}, malforme("a field stands twice")
		}
		vus[c.tag] = true
		switch c.tag {
		case tagRaisonSociale:
			a.RaisonSociale = simphonie.NewConfidentiel(string(c.valeur))
		case tagStructure:
			a.Structure = simphonie.NewConfidentiel(string(c.valeur))
		case tagSecteur:
			a.Secteur = string(c.valeur)
		}
	}
	return a, nil
}

func malforme(detail string) error { return erreur("CARTE-ACTIVITE", detail, nil) }

type element struct {
	tag    byte
	valeur []byte
}

// elements splits BER-TLV with tags of one byte and definite lengths.
func elements(b []byte) ([]element, error) {
	var es []element
	for {
		for len(b) > 0 && (b[0] == 0x00 || b[0] == 0xff) {
			b = b[1:]
		}
		if len(b) == 0 {
			return es, nil
		}
		tag := b[0]
		if tag&0x1f == 0x1f {
			return nil, malforme("a tag of several bytes")
		}
		n, reste, ok := longueur(b[1:])
		if !ok || n > len(reste) {
			return nil, malforme("a length goes past the end")
		}
		es = append(es, element{tag, reste[:n]})
		b = reste[n:]
	}
}

// longueur reads a length: one byte under 0x80, or one or two bytes after 0x81, 0x82.
func longueur(b []byte) (n int, reste []byte, ok bool) {
	switch {
	case len(b) >= 1 && b[0] < 0x80:
		return int(b[0]), b[1:], true
	case len(b) >= 2 && b[0] == 0x81:
		return int(b[1]), b[2:], true
	case len(b) >= 3 && b[0] == 0x82:
		return int(b[1])<<8 | int(b[2]), b[3:], true
	}
	return 0, nil, false
}
