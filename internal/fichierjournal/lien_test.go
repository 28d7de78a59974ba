package fichierjournal_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/fichierjournal"
)

// Two names of one file have one holder.
func TestLienSymbolique(t *testing.T) {
	dossier := t.TempDir()
	vrai, lien := filepath.Join(dossier, "vrai"), filepath.Join(dossier, "lien")
	require.NoError(t, os.WriteFile(vrai, nil, 0o600))
	if err := os.Symlink(vrai, lien); err != nil {
		t.Skip("no symbolic links here")
	}
	ouvre := func(nom string) (*fichierjournal.Fichier, error) {
		return fichierjournal.Ouvre(fichierjournal.Disque{}, nom, fichierjournal.Format{Tete: "ESSAI", Trame: "EsTr"}, func([]byte, fichierjournal.Position) error { return nil })
	}
	f, err := ouvre(lien)
	require.NoError(t, err)
	_, err = ouvre(vrai)
	assert.ErrorIs(t, err, fichierjournal.ErrOccupe)
	rien := func(func([]byte) (fichierjournal.Position, error)) error { return nil }
	require.NoError(t, f.Compacte(rien, func(remplace func() error) error { return remplace() }))
	i, err := os.Lstat(lien)
	require.NoError(t, err)
	assert.NotZero(t, i.Mode()&os.ModeSymlink, "a compaction keeps the link")
	require.NoError(t, f.Close())
	require.NoError(t, os.Remove(vrai))
	_, err = ouvre(lien)
	assert.ErrorIs(t, err, os.ErrNotExist, "a link to nothing")
	_, err = os.Lstat(vrai)
	assert.ErrorIs(t, err, os.ErrNotExist)
}
