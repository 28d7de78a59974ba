package dbf_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/dbf"
	"github.com/simphonie/simphonie/internal/dbf/dbftest"
)

var exemple = dbftest.Table([]string{"ACTE:C7", "PU:N9", "DATE:D8", "LIBELLE:C10"},
	[]string{"ZZFA901", "125.41", "20220101", "a"}, []string{"*", "ZZFA902", "1", "20220101", "b"}, []string{"ZZFA903", "", "", "c"})

func lis(b []byte) (lignes [][]string, err error) {
	l, err := dbf.Ouvre(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	for l.Suivant() {
		var ligne []string
		for _, c := range l.Champs() {
			v, err := l.Octets(&c)
			if err != nil {
				return lignes, err
			}
			ligne = append(ligne, string(v))
		}
		lignes = append(lignes, ligne)
	}
	return lignes, l.Err()
}

// Deleted records are left out; values come without their spaces.
func TestLecture(t *testing.T) {
	lignes, err := lis(exemple)
	require.NoError(t, err)
	assert.Equal(t, [][]string{{"ZZFA901", "125.41", "20220101", "a"}, {"ZZFA903", "", "", "c"}}, lignes)
	l, err := dbf.Ouvre(iotest.OneByteReader(bytes.NewReader(exemple)))
	require.NoError(t, err)
	c, ok := l.Champ("PU")
	require.True(t, ok)
	assert.Equal(t, byte('N'), c.Type)
	_, ok = l.Champ("pu")
	assert.False(t, ok)
	require.True(t, l.Suivant())
	require.True(t, l.Suivant())
	assert.Equal(t, 3, l.Rang())
	assert.False(t, l.Suivant())
	assert.False(t, l.Suivant())
	assert.NoError(t, l.Err())
}

func modifie(ou int, v ...byte) []byte {
	b := bytes.Clone(exemple)
	copy(b[ou:], v)
	return b
}

func TestRefus(t *testing.T) {
	premier := 32 + 4*32 + 1
	for nom, c := range map[string]struct {
		b       []byte
		attendu string
	}{
		"vide":                   {nil, "DBF-ENTETE"},
		"dBase 7":                {modifie(0, 0x04), "DBF-VERSION"},
		"FoxPro":                 {modifie(0, 0x30), "DBF-VERSION"},
		"chiffrée":               {modifie(15, 1), "encrypted"},
		"quatre milliards":       {modifie(4, 255, 255, 255, 255), "DBF-LIMITE"},
		"trop longue":            {modifie(4, 0, 0, 64, 0, 161, 0, 255, 255), "DBF-LIMITE: 4194304 records of 65535 bytes"},
		"sans champ":             {modifie(8, 33, 0), "no field"},
		"en-tête coupé":          {exemple[:70], "DBF-ENTETE"},
		"longueur autre":         {modifie(10, 9, 0), "the header says 9"},
		"sans fin de champs":     {modifie(premier-1, 'X'), "no end"},
		"champ sans nom":         {modifie(32, 0), "no name"},
		"champ sans longueur":    {modifie(32+16, 0), "no name or no length"},
		"deux champs d'un nom":   {modifie(64, 'A', 'C', 'T', 'E', 0), "two fields ACTE"},
		"enregistrement inconnu": {modifie(premier, 'X'), "DBF-ENREGISTREMENT line 1"},
		"fin avant l'heure":      {modifie(premier, 0x1A), "DBF-TRONQUE line 1: the end mark"},
		"coupée":                 {exemple[:premier+50], "DBF-TRONQUE line 2"},
		"accent":                 {modifie(premier+1+7+9+8, 0x82), "DBF-CARACTERE line 1: LIBELLE"},
	} {
		_, err := lis(c.b)
		assert.ErrorContains(t, err, c.attendu, nom)
	}
	_, err := dbf.Ouvre(nil)
	assert.ErrorContains(t, err, "DBF-LECTURE")
	_, err = lis(exemple[:premier+50])
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	_, err = lis(modifie(4, 255, 255, 255, 255))
	e, _ := errors.AsType[*simphonie.Erreur](err)
	assert.True(t, e.LimiteLocale)
	vierge := modifie(premier-1, '\r')
	lignes, err := lis(append(bytes.Clone(vierge[:4]), append([]byte{0, 0, 0, 0}, vierge[8:]...)...))
	assert.NoError(t, err)
	assert.Empty(t, lignes)
}

// What is read is written and read again the same; nothing else than an error
// comes of other bytes.
func FuzzLecture(f *testing.F) {
	f.Add(exemple)
	f.Add(exemple[:100])
	f.Add(modifie(10, 1, 0))
	f.Fuzz(func(t *testing.T, b []byte) {
		lignes, err := lis(b)
		if err != nil || len(lignes) == 0 {
			return
		}
		l, _ := dbf.Ouvre(bytes.NewReader(b))
		var champs []string
		for _, c := range l.Champs() {
			if strings.Contains(c.Nom, ":") {
				return // the writer would take it for a form
			}
			champs = append(champs, c.Nom+":C"+string(rune('0'+c.Longueur/100))+string(rune('0'+c.Longueur/10%10))+string(rune('0'+c.Longueur%10)))
		}
		for _, l := range lignes {
			if l[0] == "*" {
				return // the writer would take it for a mark
			}
		}
		encore, err := lis(dbftest.Table(champs, lignes...))
		require.NoError(t, err)
		assert.Equal(t, lignes, encore)
	})
}
