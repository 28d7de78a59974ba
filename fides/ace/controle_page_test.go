package ace

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
)

// reglesDesTextes are the controls that the documents number.
const reglesDesTextes = `RG_IP612 RG_IP700 RG_IP701 RG_IP702 RG_IP703 RG_IP704 RG_IP705 RG_IP706 RG_IP707 RG_IP708 RG_IP709 RG_IP710 RG_IP711
RG_IP712 RG_IP713 RG_IP714 RG_IP715 RG_IP716 RG_IP717 RG_IP_RC1 RG_IP_RC2 RG_IP_RC3 RG_IP_RC4 RG_IP_RC5 RG_IP_RC8 RG_IP_RC11 RG_IP_RC12
RG_IP_RC13 RG_IP_RC14 RG_IP_CC1 RG_IP_CC2 RG_IP_CC5 RG_IP_CC6 RG_IP_CC8 RG_IP_CC16 RG_IP_R43 RG_CF652 RG_CF660 RG_CF661 RG_CF662 RG_CF663
RG_CF664 RG_CF_R17 RG_CF670 RG_CF671 RG_CF672 RG_CF673 RG_CF674 RG_CF675 RG_CF676 RG_CF680 RG_CF681 RG_CF682 RG_CF683 RG_CF684 RG_CF685
RG_CF686 RG_CF687 RG_CF688 RG_CF689 RG_CF690 RG_CF693 RG_CF694 RG_CF695 RG_CF696 RG_CF697 RG_CF698 RG_CF699 RG_CF881 RG_CF882 RG_CF885
RG_CF886 RG_VF507 RG_VF508 RG_VF600 RG_VF620 RG_VF621 RG_VF622 RG_VF623 RG_VF624 RG_VF625 RG_VF626 RG_VF695 RG_VF_CC2 RG_VF_CC3 RG_VF_CC4
RG_VF_CC5 RG_VF_CC15 RG_VF_RC15 RG_VF_RC17 RG_VF_RC19 RG_VF_P5 RG_VF_P6 RG_MF603 RG_MF606 RG_MF608`

// The page has every rule as it stands, says who looks at each numbered control,
// and names no code that does not exist.
func TestPageDesControles(t *testing.T) {
	b, err := os.ReadFile("../../docs/ACE-CONTROLES.md")
	require.NoError(t, err)
	page, parRegle, ok := strings.Cut(string(b), "## Rule by rule")
	require.True(t, ok)
	connus := map[simphonie.Code]bool{}
	for _, r := range reglesControle() {
		assert.False(t, connus[r.Code], r.Code)
		connus[r.Code] = true
		ligne := "| `" + string(r.Code) + "` | " + r.Source + " | " + r.Gravite.String() + " | " + r.Message + " |"
		assert.Contains(t, page, ligne)
	}
	for _, id := range strings.Fields(reglesDesTextes) {
		assert.Regexp(t, `\|[^|]*\b`+id+`\b[^|]*\| .*\|`, parRegle)
	}
	for _, mot := range strings.Split(parRegle, "`") {
		if strings.HasPrefix(mot, "ACE-C-") && !strings.HasSuffix(mot, "…") {
			assert.True(t, connus[simphonie.Code(mot)], mot)
		}
	}
}
