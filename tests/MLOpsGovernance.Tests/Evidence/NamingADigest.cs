using MLOpsGovernance.Evidence;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Evidence;

public sealed class NamingADigest
{
    [Fact]
    public void Gives_the_algorithm_and_lower_case_hexadecimal_digits() =>
        Digest.Sha256("abc"u8).ShouldBe("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Theory]
    [InlineData("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", true)]
    [InlineData("sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", false)]
    [InlineData("sha256:ba7816", false)]
    [InlineData("sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", false)]
    [InlineData("", false)]
    public void Is_well_formed_in_exactly_that_spelling(string text, bool expected) => Digest.IsWellFormed(text).ShouldBe(expected);
}
