import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { order, type SharedApi } from './shared-api.js';

/** What whoever runs the ledger asks: each answer is held to its description. */
export function describeOperations(api: SharedApi): void {
  describe('whoever runs it', () => {
    it('is told how it is and what it is built of', async () => {
      const paths = ['/health/live', '/health/ready', '/metrics', '/problems', '/v1/projections'];
      const lists = ['/v1/parked', '/v1/entries', '/v1/findings', '/v1/oversold-stock'];
      const sources = ['/v1/authority', '/v1/completeness', '/v1/trial-balance'];
      for (const path of [...paths, ...lists, ...sources]) {
        expect(await api.get(path), path).toMatchObject({ status: 200 });
      }
    });

    it('settles rules, entries of the quarantine and keys', async () => {
      const rule = {
        eventType: 'PaymentCaptured',
        account: 'psp',
        rank: 3,
        validFrom: '2026-03-01',
      };
      const asked = { 'daybook-client': 'finance', 'idempotency-key': 'rule' };
      expect(await api.post('/v1/authority', rule, asked)).toMatchObject({ status: 201 });
      const [entry] = await api.quarantined();
      const { source, digest } = entry as { source: string; digest: string };
      const path = `/v1/quarantine/${encodeURIComponent(source)}/${digest}/resolve`;
      expect(await api.post(path, '')).toMatchObject({ status: 200, body: { digest } });
      expect(await api.post('/v1/keys/rotations', '')).toMatchObject({ status: 200 });
    });

    it('forgets a person, later or at once', async () => {
      const customer = { name: 'Mary Shelley', email: 'mary@example.org' };
      await api.post('/v1/events', order('forgotten', {}, { customer }));
      const asked = { 'daybook-client': 'shop', 'idempotency-key': 'forget' };
      const request = { subject: 'order-shop:forgotten', all: true };
      const deferred = await api.post('/v1/erasures', request, asked);
      expect(deferred).toMatchObject({ status: 200, body: { erasure: { stage: 'deferred' } } });
      const { erasureId } = (deferred.body as { erasure: { erasureId: string } }).erasure;
      expect(await api.get(`/v1/erasures/${erasureId}`)).toMatchObject({ status: 200 });
      const done = await api.post(`/v1/erasures/${erasureId}/complete`, { now: true });
      expect(done).toMatchObject({ status: 200, body: { erasure: { stage: 'completed' } } });
      expect(await api.readAfter('/v1/erasures', done)).toMatchObject({ status: 200 });
    });

    it('backs the event store up with the token of this run', async () => {
      const record = JSON.parse(await readFile(join(api.dataDirectory, 'run.json'), 'utf8')) as {
        controlToken: string;
      };
      const folder = await mkdtemp(join(tmpdir(), 'daybook-api-backup-'));
      try {
        const directory = join(folder, 'events');
        const route = '/v1/event-store-backups';
        const refused = await api.post(route, { directory }, { 'daybook-control': 'none' });
        expect(refused).toMatchObject({ status: 403, body: { code: 'control_refused' } });
        const headers = { 'daybook-control': record.controlToken };
        expect(await api.post(route, { directory }, headers)).toMatchObject({ status: 201 });
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });
}
