using MLOpsGovernance.Domain.Descriptors;
using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Models;

/// <summary>What a version is made of, and who had a hand in it.</summary>
internal static class VersionRules
{
    internal static Decision Register(Model model, RegisterVersion register, Actor actor, DateTimeOffset at)
    {
        if (DescriptorRules.Unfit(model, register.Descriptor) is { } unfit) return unfit;
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
        if (TooMany(authors, $"A version of {model.Name}") is { } crowd) return crowd;
        return Accept(new ModelVersionRegistered(
            model.Versions.Count == 0 ? 1 : model.Versions.Keys.Last() + 1, register.ArtifactDigest, register.ImageDigest, register.Framework, register.EnvironmentDigest,
            register.Commit, register.Run, register.Datasets, register.Metrics, authors, [.. people.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], actor.Subject, at,
            register.Descriptor, register.Training));
    }

    internal static Decision AddAuthor(Model model, AddAuthor add, Actor actor, DateTimeOffset at) =>
        !model.Versions.TryGetValue(add.Version, out var version) ? UnknownVersion(model, add.Version)
        : !add.IsPerson ? Unprocessable("unknown-author", $"{add.Author} is not known as a person: an author must have signed in or be a member of a team.")
        : version.HumanAuthors.Contains(add.Author) ? Nothing
        : TooMany(version.Authors.Add(add.Author), $"Version {add.Version} of {model.Name}") is { } crowd ? crowd
        : AcceptAndSupersede(model, actor, at, new ModelAuthorAdded(add.Version, add.Author, actor.Subject, at));

    internal static Decision Replace(Model model, ReplaceArtifact replace, Actor actor, DateTimeOffset at)
    {
        if (!model.Versions.TryGetValue(replace.Version, out var version)) return UnknownVersion(model, replace.Version);
        if (Unusable(model, version) is { } unusable) return unusable;
        if (version.Descriptor is not null && replace.ArtifactDigest is not null)
            return Conflict("descriptor-bound", $"Version {replace.Version} of {model.Name} is known by its descriptor; what the supplier changed is a new version.");
        if (model.Deployments.Any(d => d.Version == replace.Version))
            return Conflict("version-deployed", $"Version {replace.Version} of {model.Name} was deployed; what ran keeps its digest, so register a new version.");

        var (artifact, image) = (replace.ArtifactDigest ?? version.ArtifactDigest, replace.ImageDigest ?? version.ImageDigest);
        if (artifact == version.ArtifactDigest && image == version.ImageDigest) return Nothing;

        if (TooMany(version.Authors.Union(actor.Parties), $"Version {replace.Version} of {model.Name}") is { } crowd) return crowd;

        // Whoever replaces what was trained has a hand in it, and so has the owner of the credential it was done with.
        object[] joined =
        [
            .. from party in actor.Parties.Distinct(StringComparer.Ordinal)
               where !version.Authors.Contains(party)
               select new ModelAuthorAdded(replace.Version, party, actor.Subject, at, IsPerson: actor.Human || party == actor.Owner),
        ];
        return AcceptAndSupersede(model, actor, at, [new ModelArtifactReplaced(replace.Version, artifact, image, actor.Subject, at), .. joined]);
    }

    private static Decision? TooMany(IReadOnlyCollection<string> authors, string what) => authors.Count <= ModelVersion.MostAuthors ? null
        : Conflict("too-many-authors", $"{what} has at most {ModelVersion.MostAuthors} authors, who made it, registered it or replaced its artifact; register a new version for more.");

    internal static Decision SetAlias(Model model, SetAlias set, Actor actor, DateTimeOffset at) =>
        !model.Versions.TryGetValue(set.Version, out var version) ? UnknownVersion(model, set.Version)
        : Unusable(model, version) is { } unusable ? unusable
        : model.Aliases.TryGetValue(set.Alias, out var now) && now == set.Version ? Nothing
        : Accept(new ModelAliasSet(set.Alias, set.Version, actor.Subject, at));
}
