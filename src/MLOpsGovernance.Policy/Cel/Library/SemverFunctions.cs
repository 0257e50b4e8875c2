using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Policy.Versions;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>Semantic versions as strings: there is no version type, so a fact that is a string can be compared directly.</summary>
internal static class SemverFunctions
{
    public static void AddTo(LibraryBuilder library) => library
        .Global("isSemver(string): bool", static (meter, a) => CelValue.Of(SemanticVersion.TryParse(a[0].String, out _)))
        .Global("semver.compare(string, string): int", static (meter, a) =>
            !SemanticVersion.TryParse(a[0].String, out var left) ? NotAVersion(a[0])
            : !SemanticVersion.TryParse(a[1].String, out var right) ? NotAVersion(a[1])
            : CelValue.Of((long)Math.Sign(left!.Precedence(right!))))
        .Global("semver.matches(string, string): bool", static (meter, a) =>
            !SemanticVersion.TryParse(a[0].String, out var version) ? NotAVersion(a[0])
            : !VersionRange.TryParse(a[1].String, out var range) ? CelValue.Error($"{ValueText.Json(a[1], 60)} is no version range such as '>=1.0.0 <2.0.0'")
            : CelValue.Of(range!.Contains(version!)));

    private static CelValue NotAVersion(in CelValue text) => CelValue.Error($"{ValueText.Json(text, 60)} is no semantic version such as '1.2.0'");
}
