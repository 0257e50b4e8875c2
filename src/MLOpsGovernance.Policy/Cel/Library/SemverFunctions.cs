using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Policy.Versions;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>Semantic versions, by the names that Kubernetes gives these functions; <c>satisfies</c> takes a range.</summary>
internal static class SemverFunctions
{
    public static void AddTo(LibraryBuilder library) => library
        .Global("semver(string): semver", static (_, a) => SemanticVersion.TryParse(a[0].String, out var version)
            ? CelValue.Of(version!) : CelValue.Error($"{ValueText.Json(a[0], 60)} is no semantic version such as '1.2.0'"))
        .Global("isSemver(string): bool", static (meter, a) => CelValue.Of(SemanticVersion.TryParse(a[0].String, out var _)))
        .Global("string(semver): string", static (_, a) => CelValue.Of(a[0].Version.ToString()))
        .Member("semver.major(): int", static (_, a) => CelValue.Of(a[0].Version.Part(0)))
        .Member("semver.minor(): int", static (_, a) => CelValue.Of(a[0].Version.Part(1)))
        .Member("semver.patch(): int", static (_, a) => CelValue.Of(a[0].Version.Part(2)))
        .Member("semver.compareTo(semver): int", static (_, a) => CelValue.Of((long)Math.Sign(a[0].Version.Precedence(a[1].Version))))
        .Member("semver.isLessThan(semver): bool", static (_, a) => CelValue.Of(a[0].Version.Precedence(a[1].Version) < 0))
        .Member("semver.isGreaterThan(semver): bool", static (_, a) => CelValue.Of(a[0].Version.Precedence(a[1].Version) > 0))
        .Member("semver.satisfies(string): bool", static (_, a) => VersionRange.TryParse(a[1].String, out var range)
            ? CelValue.Of(range!.Contains(a[0].Version))
            : CelValue.Error($"{ValueText.Json(a[1], 60)} is no version range such as '>=1.0.0 <2.0.0'"));
}
