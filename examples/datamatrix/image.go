package main

import (
	"context"
	"errors"
	"io"

	"github.com/simphonie/simphonie/datamatrix"
)

var errImage = errors.New("images are not read by this build: give the text of the scanner on standard input, with -")

// litImage reads the codes of an image file.
var litImage = func(context.Context, io.Reader) ([]datamatrix.Symbole, error) { return nil, errImage }
