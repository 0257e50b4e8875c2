using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Witnesses;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>A witness of its own behind real HTTP, as a compliance office may run one.</summary>
internal sealed class IndependentWitness : IAsyncDisposable
{
    private readonly Lock _judging = new();
    private WebApplication _app = null!;

    public SigningKey Key { get; } = SigningKey.Generate("witness.example/office", NoteKeyKind.Cosignature);

    public Uri Address { get; private set; } = null!;

    public List<VerifierKey> Logs { get; } = [];

    /// <summary>What it signed last, and will hold the log to.</summary>
    public SignedCheckpoint? Last { get; set; }

    /// <summary>Signs its answers in place of its own key.</summary>
    public SigningKey? Impostor { get; set; }

    public static async Task<IndependentWitness> StartAsync()
    {
        var witness = new IndependentWitness { Address = new($"http://127.0.0.1:{LoopbackPort.Free()}/witness") };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(witness.Address.GetLeftPart(UriPartial.Authority));
        witness._app = builder.Build();
        witness._app.MapPost("/witness/add-checkpoint", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var answer = witness.Judge(await reader.ReadToEndAsync());
            return Results.Text(answer.Body, answer.ContentType, Encoding.UTF8, answer.Status);
        });
        witness._app.MapGet("/witness/{log}/checkpoint", (string log) =>
            witness.Last is { } last && log == Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(last.Checkpoint.Origin))) ? Results.Text(last.Note.ToString()) : Results.NotFound());
        await witness._app.StartAsync();
        return witness;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private WitnessAnswer Judge(string request)
    {
        lock (_judging)
        {
            var answer = Witness.Answer(request, Last?.Checkpoint, Logs, Impostor ?? Key, TimeProvider.System.GetUtcNow());
            if (Impostor is null) Last = answer.Cosigned ?? Last;
            return answer;
        }
    }
}
