using System.Globalization;
using System.Text;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;

namespace MLOpsGovernance.Evidence.Witnesses;

/// <summary>Which logs are trusted, and how many of which witnesses must have cosigned a checkpoint of theirs: C2SP tlog-policy.</summary>
public sealed class TrustPolicy
{
    private const int MostGroups = 256;

    private static readonly char[] Blank = [' ', '\t'];
    private readonly List<VerifierKey> _logs = [];
    private readonly Dictionary<string, VerifierKey> _witnesses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Needed, string[] Members)> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private string? _quorum;

    public IReadOnlyList<VerifierKey> Logs => _logs;

    public IReadOnlyCollection<VerifierKey> Witnesses => _witnesses.Values;

    /// <exception cref="EvidenceRefusedException">Malformed; the message names the line.</exception>
    public static TrustPolicy Parse(string text)
    {
        var policy = new TrustPolicy();
        foreach (var (line, number) in text.Split('\n').Select(static (line, i) => (line, i + 1)))
        {
            if (line.Any(static c => c is < ' ' and not '\t' or '\x7f')) throw Refused(number, "a control character");
            var fields = line.Split(Blank, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 0 && !fields[0].StartsWith('#')) policy.Add(fields, number);
        }

        return policy._quorum is null ? throw new EvidenceRefusedException(EvidenceRefusals.Quorum, "A trust policy has a line 'quorum'.") : policy;
    }

    /// <summary>Whether the witnesses that cosigned are enough.</summary>
    public bool IsReachedBy(IReadOnlyCollection<VerifierKey> cosigners) => _quorum is "none" || Counts(_quorum!, cosigners);

    /// <summary>A checkpoint of a trusted log with enough cosignatures.</summary>
    /// <exception cref="EvidenceRefusedException">Malformed, of no trusted log, or without the quorum.</exception>
    public SignedCheckpoint Open(string note)
    {
        var signed = SignedCheckpoint.Open(note, _logs);
        var cosigners = _witnesses.Values.Where(key => signed.Note.Signatures.Any(s => s.IsBy(key) && key.Verifies(Encoding.UTF8.GetBytes(signed.Note.Text), s.Signature))).ToList();
        return IsReachedBy(cosigners)
            ? signed
            : throw new EvidenceRefusedException(EvidenceRefusals.Quorum, $"The quorum '{_quorum}' is not reached: {cosigners.Count} of the {_witnesses.Count} witnesses cosigned.");
    }

    private bool Counts(string name, IReadOnlyCollection<VerifierKey> cosigners) => _witnesses.TryGetValue(name, out var witness)
        ? cosigners.Contains(witness)
        : _groups[name] is var (needed, members) && members.Count(member => Counts(member, cosigners)) >= needed;

    private void Add(string[] fields, int line)
    {
        switch (fields)
        {
            case ["log", var key, .. { Length: <= 1 }]:
                if (Key(key, line) is not { Kind: NoteKeyKind.Note } log) throw Refused(line, "a log's key is of kind 01");
                _logs.Add(log);
                break;
            case ["witness", var name, var key, .. { Length: <= 1 }]:
                if (IsKnown(name)) throw Refused(line, $"the name {name} is taken");
                if (Key(key, line) is not { Kind: NoteKeyKind.Cosignature } witness) throw Refused(line, "a witness's key is of kind 04");
                _witnesses.Add(name, witness);
                break;
            case ["group", var name, var needed, .. { Length: > 0 } members]:
                AddGroup(name, needed, members, line);
                break;
            case ["quorum", var name]:
                if (_quorum is not null) throw Refused(line, "there is one quorum");
                if (!IsKnown(name)) throw Refused(line, $"nothing above is named {name}");
                _quorum = name;
                break;
            default:
                throw Refused(line, "expected log, witness, group or quorum with what belongs to it");
        }
    }

    private void AddGroup(string name, string needed, string[] members, int line)
    {
        if (IsKnown(name)) throw Refused(line, $"the name {name} is taken");
        if (_groups.Count == MostGroups) throw Refused(line, $"there are at most {MostGroups} groups");
        foreach (var member in members)
        {
            if (member == "none" || !IsKnown(member)) throw Refused(line, $"nothing above is named {member}");
            if (!_members.Add(member)) throw Refused(line, $"{member} is in a group already");
        }

        var count = needed switch
        {
            "any" => 1,
            "all" => members.Length,
            _ => int.TryParse(needed, NumberStyles.None, CultureInfo.InvariantCulture, out var k) && needed[0] != '0' && k <= members.Length ? k : throw Refused(line, "a group needs any, all, or a number from 1 to that of its members"),
        };
        _groups.Add(name, (count, members));
    }

    private bool IsKnown(string name) => name == "none" || _witnesses.ContainsKey(name) || _groups.ContainsKey(name);

    private VerifierKey Key(string text, int line)
    {
        var key = VerifierKey.Parse(text);
        return _keys.Add(Convert.ToHexString(key.Key)) ? key : throw Refused(line, "that key was named before");
    }

    private static EvidenceRefusedException Refused(int line, string why) => new(EvidenceRefusals.Quorum, $"Line {line} of the trust policy: {why}.");
}
