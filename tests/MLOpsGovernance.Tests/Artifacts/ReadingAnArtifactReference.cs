using MLOpsGovernance.Evidence.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Artifacts;

public sealed class ReadingAnArtifactReference
{
    private const string Digest = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Theory]
    [InlineData("", null, null)]
    [InlineData("nginx@", "nginx", null)]
    [InlineData("registry.example/team/iris_model@", "registry.example/team/iris_model", null)]
    [InlineData("registry.example:5000/iris@", "registry.example:5000/iris", null)]
    [InlineData("localhost:5000/iris:1.0@", "localhost:5000/iris", "1.0")]
    [InlineData("registry.example/a/b--c/d__e:v1_A.b-c@", "registry.example/a/b--c/d__e", "v1_A.b-c")]
    public void Finds_the_digest_and_keeps_the_name(string before, string? repository, string? tag)
    {
        var reference = ArtifactReference.Parse(before + Digest);

        reference.ShouldBe(new(repository, tag, Digest));
        reference.ToString().ShouldBe(before + Digest);
        ArtifactReference.TryParse(before + Digest, out var same).ShouldBeTrue();
        same.ShouldBe(reference);
    }

    [Theory]
    [InlineData("", "has no SHA-256 digest")]
    [InlineData("registry.example/iris:1.0", "a tag alone may point to another image tomorrow")]
    [InlineData("model.zip", "has no SHA-256 digest")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "has no SHA-256 digest")]
    [InlineData("SHA256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "has no SHA-256 digest")]
    [InlineData("iris@sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "the only kind that is taken")]
    [InlineData("sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", "64 lower-case hexadecimal digits")]
    [InlineData("sha256:ba7816bf", "64 lower-case hexadecimal digits")]
    [InlineData(Digest + "0", "64 lower-case hexadecimal digits")]
    [InlineData(Digest + "\n", "64 lower-case hexadecimal digits")]
    [InlineData("@" + Digest, "no valid image name")]
    [InlineData("iris@" + Digest + "@" + Digest, "no valid image name")]
    [InlineData("registry.example/Iris@" + Digest, "no valid image name")]
    [InlineData("registry.example//iris@" + Digest, "no valid image name")]
    [InlineData("https://registry.example/iris@" + Digest, "no valid image name")]
    [InlineData("iris:@" + Digest, "no valid image name")]
    [InlineData(" " + Digest, "has no SHA-256 digest")]
    [InlineData("two\nlines@" + Digest, "two\\u000alines")]
    public void Says_what_is_wrong_and_what_is_allowed(string text, string why)
    {
        var refused = Should.Throw<ArtifactRefusedException>(() => ArtifactReference.Parse(text));

        refused.Code.ShouldBe(ArtifactRefusals.Reference);
        refused.Message.ShouldContain(why);
        refused.Message.ShouldEndWith("Write sha256:<64 hex digits> or registry/name@sha256:<64 hex digits>.");
        ArtifactReference.TryParse(text, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    [InlineData(100_000, false)]
    public void Takes_names_up_to_255_characters(int length, bool taken) =>
        ArtifactReference.TryParse(new string('a', length) + '@' + Digest, out _).ShouldBe(taken);
}
