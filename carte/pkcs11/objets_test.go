package pkcs11

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
)

func TestObjets(t *testing.T) {
	_, b := unCPS3(t)
	c := ouverte(t, b, Options{})
	info, err := c.Objet(t.Context(), ObjetInfo)
	require.NoError(t, err)
	assert.Equal(t, []byte("\x01\x02info"), info)
	_, err = c.Objet(t.Context(), "CPS_ACTIVITY_02_PS")
	refuse(t, err, "CARTE-OBJET")
	as, err := c.Activites(t.Context())
	require.NoError(t, err)
	require.Len(t, as, 2)
	assert.Equal(t, canariStructure, as[0].RaisonSociale.Clair())
	assert.Equal(t, "1750000001", as[0].Structure.Clair())
	assert.Equal(t, "SA01", as[0].Secteur)
	assert.Equal(t, Activite{Secteur: "SA07"}, as[1])
}

func TestObjetsMalFormes(t *testing.T) {
	banc := nouveauBanc(t)
	o := cps3()
	o.donnes = map[string][]byte{"CPS_ACTIVITY_15_PS": []byte(canariStructure), "LONG": make([]byte, maxTaille+1)}
	banc.carte(t, canariJeton, o)
	for range 2 {
		banc.ajoute(t, canariJeton, objets{donnes: map[string][]byte{"DEUX": []byte("x")}})
	}
	c := ouverte(t, banc.ouvre(t), Options{})
	_, err := c.Activites(t.Context())
	refuse(t, err, "CARTE-ACTIVITE")
	_, err = c.Objet(t.Context(), "LONG")
	refuse(t, err, "CARTE-OBJET")
	_, err = c.Objet(t.Context(), "DEUX")
	refuse(t, err, "CARTE-OBJET")
	_, err = c.Objet(t.Context(), strings.Repeat("x", 300))
	refuse(t, err, "CARTE-OBJET")
}

func TestDecodeActivite(t *testing.T) {
	long := bytes.Repeat([]byte("H"), 300)
	moyen := bytes.Repeat([]byte("H"), 200)
	c := simphonie.NewConfidentiel
	for nom, cas := range map[string]struct {
		octets []byte
		a      Activite
		refus  bool
	}{
		"whole":             {[]byte("\xEE\x0F\x84\x02CH\x85\x03123\x86\x04SA01"), Activite{c("CH"), c("123"), "SA01"}, false},
		"empty container":   {[]byte("\xEE\x00"), Activite{}, false},
		"empty field":       {[]byte("\xEE\x02\x84\x00"), Activite{}, false},
		"length 0x81":       {tlv(0xEE, tlv(0x84, moyen)), Activite{RaisonSociale: c(string(moyen))}, false},
		"length 0x82":       {tlv(0xEE, tlv(0x84, long)), Activite{RaisonSociale: c(string(long))}, false},
		"unknown field":     {tlv(0xEE, tlv(0x80, []byte("x")), tlv(0x86, []byte("SA07"))), Activite{Secteur: "SA07"}, false},
		"padding":           {[]byte("\xEE\x07\x86\x04SA01\x00\x00\xFF"), Activite{Secteur: "SA01"}, false},
		"nothing":           {nil, Activite{}, true},
		"other container":   {tlv(0xEF, tlv(0x86, []byte("SA01"))), Activite{}, true},
		"two containers":    {append(tlv(0xEE), tlv(0xEE)...), Activite{}, true},
		"no length":         {[]byte{0xEE}, Activite{}, true},
		"length too long":   {[]byte("\xEE\x06\x86\x04SA0"), Activite{}, true},
		"field too long":    {[]byte("\xEE\x04\x86\x04SA01"), Activite{}, true},
		"indefinite length": {[]byte("\xEE\x80\x86\x01A\x00\x00"), Activite{}, true},
		"length of 3 bytes": {[]byte("\xEE\x83\x00\x00\x00"), Activite{}, true},
		"long tag":          {[]byte("\xEE\x03\x9F\x01\x00"), Activite{}, true},
		"field twice":       {tlv(0xEE, tlv(0x86, []byte("SA01")), tlv(0x86, []byte("SA07"))), Activite{}, true},
	} {
		t.Run(nom, func(t *testing.T) {
			a, err := DecodeActivite(cas.octets)
			if cas.refus {
				refuse(t, err, "CARTE-ACTIVITE")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, cas.a, a)
		})
	}
}

// What is written from typed values is read back the same.
func FuzzDecodeActivite(f *testing.F) {
	f.Add("CH DE TEST", "1750000001", "SA01", []byte{})
	f.Add(strings.Repeat("x", 400), "", "", []byte("\xEE\x81\x02\x86\x00"))
	f.Fuzz(func(t *testing.T, nom, structure, secteur string, brut []byte) {
		_, _ = DecodeActivite(brut)
		if len(nom)+len(structure)+len(secteur) > 60000 {
			return
		}
		a, err := DecodeActivite(tlv(0xEE, tlv(0x84, []byte(nom)), tlv(0x85, []byte(structure)), tlv(0x86, []byte(secteur))))
		require.NoError(t, err)
		assert.Equal(t, Activite{simphonie.NewConfidentiel(nom), simphonie.NewConfidentiel(structure), secteur}, a)
	})
}
