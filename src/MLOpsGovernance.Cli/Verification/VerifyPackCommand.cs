using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Packs;

namespace MLOpsGovernance.Cli.Verification;

internal static class VerifyPackCommand
{
    public static Command Create(Globals globals)
    {
        var file = new Argument<string>("PACK") { Description = "An evidence pack, as 'mlgov audit pack' wrote it" };
        var key = VerificationKeys.Option("The log's public keys in their text form, one a line");
        return new Command("pack", $"Check every file, event and proof of an evidence pack, and make its decisions again. Needs no server. {VerifyCommand.Codes}") { file, key }.Runs(globals, (run, _) => VerificationKeys.JudgeAsync(() =>
        {
            var keys = VerificationKeys.OfLog(run.Required(key));
            using var pack = EvidencePack.Open(new MemoryStream(VerificationKeys.Bytes(run.Required(file))));
            var report = pack.Verify(keys);
            var replay = new ReplayedDecision(pack);
            var made = 0;
            foreach (var e in pack.All().Where(e => e.Shown["type"]?.GetValue<string>() == "policy_checked"))
                if (replay.Make(e)) made++;

            var checkpoint = report.Head.Checkpoint;
            if (run.IsJson)
            {
                run.Screen.Raw(new JsonObject
                {
                    ["model"] = report.Model, ["origin"] = checkpoint.Origin, ["size"] = checkpoint.Size, ["files"] = report.Files, ["events"] = report.Events, ["decisions"] = report.Decisions.Count, ["replayed"] = made,
                }.ToJsonString());
            }
            else
            {
                run.Screen.Say($"[green]verified[/]  {report.Model}: {report.Events} events of {report.Streams} streams, as {checkpoint.Origin} signed them among {checkpoint.Size}");
                run.Screen.Say($"          {made} of {report.Decisions.Count} decisions were made again from their facts and policies, with the same result.");
                run.Screen.Say($"          Not checked: model.json, which is derived, and what was written before it was sealed.");
            }

            return Task.CompletedTask;
        }));
    }
}

internal static class VerifyDecisionCommand
{
    public static Command Create(Globals globals)
    {
        var id = new Argument<string>("DECISION") { Description = "Id of the decision" };
        var file = new Option<string>("--pack") { Description = "The evidence pack that holds it", HelpName = "FILE", Required = true };
        var key = VerificationKeys.Option("The log's public keys in their text form, one a line");
        return new Command("decision", $"Prove a decision of the gate, and make it again from its facts and policies. Needs no server. {VerifyCommand.Codes}") { id, file, key }.Runs(globals, (run, _) => VerificationKeys.JudgeAsync(() =>
        {
            var keys = VerificationKeys.OfLog(run.Required(key));
            using var pack = EvidencePack.Open(new MemoryStream(VerificationKeys.Bytes(run.Required(file))));
            var e = pack.All().FirstOrDefault(e => e.Shown["stream"]?.GetValue<string>() == $"check:{run.Required(id)}")
                ?? throw new EvidenceRefusedException(EvidenceRefusals.Pack, $"No decision {run.Required(id)} is in this pack.");
            var signed = e.Verify(keys);
            var made = new ReplayedDecision(pack).Make(e);
            var data = e.Shown["data"]!;
            if (run.IsJson) run.Screen.Raw(new JsonObject { ["decision"] = data.DeepClone(), ["index"] = e.Receipt.Index, ["size"] = signed.Checkpoint.Size, ["replayed"] = made }.ToJsonString());
            else
            {
                run.Screen.Say($"[green]verified[/]  {data["model"]} version {data["version"]} for {data["environment"]}: {data["outcome"]}, at {data["at"]}, asked by {data["by"]}");
                run.Screen.Say($"          Entry {e.Receipt.Index} of the {signed.Checkpoint.Size} that {signed.Checkpoint.Origin} signed.");
                run.Screen.Say($"          {(made ? "Made again from its facts and policies, with the same result." : "Not made again: what it asked about was unknown, so no policy judged it.")}");
            }

            return Task.CompletedTask;
        }));
    }
}
