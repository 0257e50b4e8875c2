using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Models;

/// <summary>What a version is made of, and who had a hand in it.</summary>
internal static class VersionRules
{
    internal static Decision Register(Model model, RegisterVersion register, Actor actor, DateTimeOffset at)
    {
        if (register.UnknownDatasets is [var unknown, ..])
            return Unprocessable("dataset-unknown", $"There is no dataset {unknown.Name} with a version {unknown.Version}; register it first.");
        if (register.DeclaredAuthors.FirstOrDefault(author => !register.People.Contains(author, StringComparer.Ordinal)) is { } stranger)
            return Unprocessable("unknown-author", $"{stranger} is not known as a person: an author must have signed in or be a member of a team.");

        string[] people = [.. register.DeclaredAuthors.Concat(actor.Parties).Intersect(register.People, StringComparer.Ordinal)];
        if (people.Length == 0 && model.JudgedRisk.IsHigh)
        {
            return Unprocessable("human-author-required",
                $"{model.Name} is judged as {model.JudgedRisk.EuAiAct}, tier {model.JudgedRisk.Tier}: a version needs at least one author who is a person.");
        }

        string[] authors = [.. register.DeclaredAuthors.Concat(actor.Parties).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return Accept(new ModelVersionRegistered(
            model.Versions.Count == 0 ? 1 : model.Versions.Keys.Last() + 1, register.ArtifactDigest, register.ImageDigest, register.Framework, register.EnvironmentDigest,
            register.Commit, register.Run, register.Datasets, register.Metrics, authors, [.. people.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], actor.Subject, at));
    }

    internal static Decision AddAuthor(Model model, AddAuthor add, Actor actor, DateTimeOffset at) =>
        !model.Versions.TryGetValue(add.Version, out var version) ? UnknownVersion(model, add.Version)
        : !add.IsPerson ? Unprocessable("unknown-author", $"{add.Author} is not known as a person: an author must have signed in or be a member of a team.")
        : version.Authors.Contains(add.Author) ? Nothing
        : AcceptAndSupersede(model, actor, at, new ModelAuthorAdded(add.Version, add.Author, actor.Subject, at));

    internal static Decision Replace(Model model, ReplaceArtifact replace, Actor actor, DateTimeOffset at)
    {
        if (!model.Versions.TryGetValue(replace.Version, out var version)) return UnknownVersion(model, replace.Version);
        if (version.Recalled) return Conflict("version-recalled", $"Version {replace.Version} of {model.Name} is recalled; register a new version.");
        if (model.Deployments.Any(d => d.Version == replace.Version))
            return Conflict("version-deployed", $"Version {replace.Version} of {model.Name} was deployed; what ran keeps its digest, so register a new version.");

        var (artifact, image) = (replace.ArtifactDigest ?? version.ArtifactDigest, replace.ImageDigest ?? version.ImageDigest);
        if (artifact == version.ArtifactDigest && image == version.ImageDigest) return Nothing;

        // Whoever replaces what was trained has a hand in it: the person who called, or who answers for the credential that did.
        object[] joined = (actor.Human ? actor.Subject : actor.Owner) is { } person && !version.Authors.Contains(person)
            ? [new ModelAuthorAdded(replace.Version, person, actor.Subject, at)]
            : [];
        return AcceptAndSupersede(model, actor, at, [new ModelArtifactReplaced(replace.Version, artifact, image, actor.Subject, at), .. joined]);
    }

    internal static Decision SetAlias(Model model, SetAlias set, Actor actor, DateTimeOffset at) =>
        !model.Versions.ContainsKey(set.Version) ? UnknownVersion(model, set.Version)
        : model.Aliases.TryGetValue(set.Alias, out var now) && now == set.Version ? Nothing
        : Accept(new ModelAliasSet(set.Alias, set.Version, actor.Subject, at));
}
