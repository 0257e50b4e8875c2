using System.Globalization;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.ModelCards;

/// <summary>A version of a model with what a card says of it: texts opened, and the data it was trained on with what that was made from.</summary>
/// <param name="Purpose">What the model is for, in words.</param>
/// <param name="Documentation">What its team wrote about it.</param>
/// <param name="Limitations">What validators found that it is not good for, the latest first.</param>
public sealed record CardSubject(Model Model, ModelVersion Version, string? Purpose, string? Documentation, IReadOnlyList<string> Limitations, IReadOnlyList<CardDataset> Datasets)
{
    public string Name => Model.Name!;

    public string Number => Version.Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>How it is named in a bill of materials, and in lineage.</summary>
    public string Ref => $"model:{Name}@{Number}";

    /// <summary>As people write a figure, whatever the machine's own language.</summary>
    public static string Figure(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <param name="Trained">Whether the model was trained on it; else it is only a source of what it was trained on.</param>
/// <param name="Version">Null where it is not registered.</param>
/// <param name="Class">What it is judged by: its own class and those of all that it was made from.</param>
public sealed record CardDataset(DatasetReference Reference, bool Trained, string Team, string? Description, DatasetVersion? Version, EffectiveClass Class)
{
    public string Ref => $"dataset:{Reference.Name}@{Reference.Version}";

    /// <summary>Every dataset version that a model version was made from, in however many steps, in the order of their names.</summary>
    /// <param name="find">Null where a dataset is not known.</param>
    /// <param name="describe">What a dataset is, in words.</param>
    public static IReadOnlyList<CardDataset> Of(ModelVersion version, Func<string, Dataset?> find, Func<string, string?> describe)
    {
        const int Most = 2000;
        var trained = version.Datasets.ToHashSet();
        var (seen, open) = (new HashSet<DatasetReference>(version.Datasets), new Queue<DatasetReference>(version.Datasets));
        while (seen.Count < Most && open.TryDequeue(out var next))
            foreach (var source in find(next.Name)?.Versions.GetValueOrDefault(next.Version)?.Sources ?? [])
                if (seen.Add(source)) open.Enqueue(source);
        return
        [
            .. seen.OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Version, StringComparer.Ordinal).Select(r => new CardDataset(
                r, trained.Contains(r), find(r.Name)?.Team ?? "", describe(r.Name), find(r.Name)?.Versions.GetValueOrDefault(r.Version), Inheritance.Of(r, find))),
        ];
    }
}
