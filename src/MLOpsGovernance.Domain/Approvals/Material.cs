using System.Security.Cryptography;
using System.Text;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Approvals;

/// <summary>
/// What an approval rests on: artifact and image digest, authors, purpose, risk class and tier, and the class and withdrawal of the training data and of what that was made from.
/// Revisions count changes, so that changing something and changing it back does not bring an approval back.
/// </summary>
public sealed record Material(
    string ArtifactDigest, string? ImageDigest, int ArtifactRevision, IReadOnlyList<string> Authors, int AuthorsRevision, int PurposeRevision,
    string EuAiAct, int Tier, int RiskRaises, IReadOnlyList<MaterialDataset> Datasets, int? RiskLowerings = null)
{
    public static Material Of(Model model, ModelVersion version, IReadOnlyList<MaterialDataset> datasets) => new(
        version.ArtifactDigest, version.ImageDigest, version.ArtifactRevision, [.. version.Authors], version.AuthorsRevision, model.PurposeRevision,
        model.JudgedRisk.EuAiAct, model.JudgedRisk.Tier, model.RiskRaises, datasets, model.RiskLowerings);

    /// <summary>As it was recorded; records from before lowerings were counted take the count of their time.</summary>
    public Material Completed(int riskLowerings) => RiskLowerings is null ? this with { RiskLowerings = riskLowerings } : this;

    /// <summary>SHA-256 over the parts, each on a line of its own. It stays the same exactly as long as <see cref="Since"/> finds no change.</summary>
    public string Digest() => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
    [
        ArtifactDigest, ImageDigest ?? "-", $"{ArtifactRevision}", string.Join(',', Authors), $"{AuthorsRevision}", $"{PurposeRevision}", $"{RiskRaises}", $"{RiskLowerings}",
        .. Datasets.Select(d => $"{d.Name} {d.Version} {d.ClassRevision} {d.Withdrawals}"),
    ]))));

    /// <summary>What changed between the approval and now; empty means that it still rests on the same.</summary>
    public IReadOnlyList<MaterialChange> Since(Material then)
    {
        var changes = new List<MaterialChange>();
        if (ArtifactDigest != then.ArtifactDigest) changes.Add(new("artifact-changed", $"the artifact is {ArtifactDigest}, approved was {then.ArtifactDigest}"));
        if (ImageDigest != then.ImageDigest) changes.Add(new("image-changed", $"the image is {ImageDigest ?? "none"}, approved was {then.ImageDigest ?? "none"}"));
        if (ArtifactRevision != then.ArtifactRevision && changes.Count == 0) changes.Add(new("artifact-changed", "the artifact or image was replaced after the approval"));
        if (AuthorsRevision != then.AuthorsRevision) changes.Add(new("authors-changed", $"the authors are {string.Join(", ", Authors)}, at approval they were {string.Join(", ", then.Authors)}"));
        if (PurposeRevision != then.PurposeRevision) changes.Add(new("purpose-changed", "the model's purpose was changed after the approval"));
        if (RiskRaises != then.RiskRaises) changes.Add(new("risk-raised", $"the risk was raised to {EuAiAct}, tier {Tier}, after the approval ({then.EuAiAct}, tier {then.Tier})"));
        if (RiskLowerings != then.RiskLowerings) changes.Add(new("risk-lowered", $"the risk was lowered to {EuAiAct}, tier {Tier}, after the approval ({then.EuAiAct}, tier {then.Tier})"));
        foreach (var now in Datasets)
        {
            var before = then.Datasets.FirstOrDefault(d => d.Name == now.Name && d.Version == now.Version);
            var what = now.IsSource ? $"{now.Name}, a source of the training data," : $"training dataset {now.Name}";
            // Sources never change, so one that is missing is from before approvals remembered them.
            if (before is null && now.IsSource) continue;
            if (before is null) changes.Add(new("dataset-changed", $"training dataset {now.Name}@{now.Version} was not part of the approval"));
            else if (now.Withdrawals != before.Withdrawals) changes.Add(new("dataset-withdrawn", $"{what} was withdrawn after the approval"));
            else if (now.ClassRevision != before.ClassRevision) changes.Add(new("dataset-reclassified", $"{what} was classified anew after the approval"));
        }

        return changes;
    }
}

/// <param name="ClassRevision">-1 where the dataset is not known.</param>
/// <param name="IsSource">Whether training data was made from it, in however many steps; the version is the nearest.</param>
public sealed record MaterialDataset(string Name, string Version, int ClassRevision, int Withdrawals, bool IsSource = false)
{
    /// <summary>The training data and what it was made from.</summary>
    /// <param name="find">Null where a dataset is not known.</param>
    public static IReadOnlyList<MaterialDataset> Of(IReadOnlyList<DatasetReference> training, Func<string, Dataset?> find) =>
    [
        .. training.Select(r => Of(r, find(r.Name) ?? new())),
        .. Inheritance.SourcesOf(training, find).Select(r => Of(r, find(r.Name) ?? new()) with { IsSource = true }),
    ];

    public static MaterialDataset Of(DatasetReference reference, Dataset dataset) =>
        new(reference.Name, reference.Version, dataset.Exists ? dataset.ClassRevision : -1, dataset.WithdrawalsOf(reference.Version));
}

/// <param name="Code">Stable.</param>
/// <param name="Why">A clause a person can read.</param>
public sealed record MaterialChange(string Code, string Why);
