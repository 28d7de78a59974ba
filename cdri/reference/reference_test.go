package reference_test

import (
	"testing"

	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/cdri/reference"
)

func TestSuite(t *testing.T) {
	cdritest.RunCodecSuite(t, reference.Codec{}, cdritest.EcrivainReference())
}
