using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Witnesses;

namespace MLOpsGovernance.Server.Witnesses;

/// <summary>What a witness said to a checkpoint.</summary>
/// <param name="Cosignatures">His signature lines; null where he did not sign.</param>
/// <param name="Knows">The size that he knows the log by, where he said that it is another than we thought.</param>
/// <param name="Fault">Why he did not sign, in words.</param>
internal sealed record WitnessWord(string? Cosignatures, ulong? Knows, string? Fault);

/// <summary>Talks to witnesses. No answer of theirs is believed without their signature, and none throws.</summary>
internal sealed class WitnessClient(IHttpClientFactory http)
{
    public const string Client = "witness";

    private const int MostBytes = 64 * 1024;

    public async Task<WitnessWord> AskAsync(LogWitness witness, WitnessRequest request, SignedNote note, CancellationToken cancellationToken)
    {
        try
        {
            using var client = http.CreateClient(Client);
            using var answer = await client.PostAsync(new Uri(witness.Submission, "add-checkpoint"), new StringContent(request.ToString(), Encoding.UTF8), cancellationToken);
            var said = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => new(string.Concat(Witness.Cosignatures(said, note, [witness.Key]).Select(s => s.Line)), null, null),
                HttpStatusCode.Conflict when ulong.TryParse(said.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) => new(null, size, $"he knows the log by another size, {size}"),
                var status => new(null, null, $"he answers {(int)status}: {Words(said)}"),
            };
        }
        catch (Exception e) when (IsHis(e, cancellationToken))
        {
            return new(null, null, $"he cannot be asked: {e.Message}");
        }
    }

    /// <summary>The last checkpoint of the log that he signed; null where he knows none, or cannot be asked.</summary>
    /// <exception cref="EvidenceRefusedException">What he shows is signed by him or by us only.</exception>
    public async Task<Checkpoint?> LastAsync(LogWitness witness, string origin, IReadOnlyCollection<VerifierKey> logKeys, CancellationToken cancellationToken)
    {
        string note;
        try
        {
            using var client = http.CreateClient(Client);
            var log = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));
            using var answer = await client.GetAsync(new Uri(witness.Monitoring, $"{log}/checkpoint"), cancellationToken);
            if (!answer.IsSuccessStatusCode) return null;
            note = await answer.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception e) when (IsHis(e, cancellationToken))
        {
            return null;
        }

        var signed = SignedCheckpoint.Open(note, logKeys);
        signed.Note.VerifiedBy([witness.Key]);
        return signed.Checkpoint;
    }

    public static void Configure(HttpClient client) => (client.Timeout, client.MaxResponseContentBufferSize) = (TimeSpan.FromSeconds(10), MostBytes);

    private static bool IsHis(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or EvidenceRefusedException or InvalidOperationException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static string Words(string said) => new([.. said.Where(c => !char.IsControl(c)).Take(200)]);
}
