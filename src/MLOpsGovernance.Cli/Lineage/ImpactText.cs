using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Lineage;

/// <summary>What something reaches, in words.</summary>
internal static class ImpactText
{
    public static void Write(Screen screen, JsonElement impact)
    {
        if (impact.Of("summary") is { } s)
            screen.Say($"{impact.TextOf("nodeId")} reaches {s.WholeOf("modelVersions") ?? 0} model versions and {s.WholeOf("liveDeployments") ?? 0} live deployments, over {s.WholeOf("datasets") ?? 0} datasets and {s.WholeOf("jobs") ?? 0} jobs");
        foreach (var version in impact.EachOf("modelVersions"))
        {
            screen.Say($"  {version.TextOf("model")} version {version.WholeOf("version") ?? 0}, team {version.TextOf("team") ?? "unknown"}{(version.FlagOf("live") is true ? ", live" : "")}");
            screen.Say($"      {string.Join(" → ", version.TextsOf("way"))}");
        }

        foreach (var deployment in impact.EachOf("deployments").Where(d => d.FlagOf("live") is true))
            screen.Say($"  runs in {deployment.TextOf("environment")}: {deployment.TextOf("model")} version {deployment.WholeOf("version") ?? 0}, deployment {deployment.TextOf("id")}");
        if (impact.FlagOf("truncated") is true) screen.Note($"More is concerned than is listed here.");
    }
}
