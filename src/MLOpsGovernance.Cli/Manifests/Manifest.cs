using MLOpsGovernance.Cli.Datasets;
using MLOpsGovernance.Cli.Models;
using MLOpsGovernance.Cli.Teams;
using YamlDotNet.Core;

namespace MLOpsGovernance.Cli.Manifests;

/// <summary>What should be on record. <paramref name="Folder"/> is where the manifest lies: paths in it begin there.</summary>
internal sealed record Manifest(string Folder, IReadOnlyList<TeamEntry> Teams, IReadOnlyList<DatasetEntry> Datasets, IReadOnlyList<ModelEntry> Models);

/// <summary>Text and where it stands.</summary>
internal sealed record Located(string Text, Mark At);
