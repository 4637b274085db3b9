import { expect } from 'chai';
import { parsed, parsedPart, PNG, refusalOf } from './chat-body.js';

const BYTES = Buffer.from(PNG, 'base64');
const image = (url: unknown) => ({ type: 'image_url', image_url: { url } });
const video = (url: string) => ({ type: 'video_url', video_url: { url } });
const file = (members: object) => ({ type: 'file', file: members });
const data = (mime: string) => `data:${mime};base64,${PNG}`;

describe('media of a message', () => {
  for (const [mime, format] of [
    ['image/png', 'png'],
    ['IMAGE/PNG', 'png'],
    ['image/jpeg', 'jpeg'],
    ['image/jpg', 'jpeg'],
    ['image/gif', 'gif'],
    ['image/webp', 'webp'],
    ['image/png;charset=utf-8', 'png'],
  ] as const) {
    it(`reads an image of ${mime}`, () => {
      expect(parsedPart(image(data(mime)))).to.deep.equal({ type: 'image', format, source: { bytes: BYTES } });
    });
  }

  it('drops detail by name', () => {
    const part = { type: 'image_url', image_url: { url: data('image/png'), detail: 'high' } };
    expect(parsed({ messages: [{ role: 'user', content: [part, part] }] }).dropped).to.deep.equal([
      'messages[].content[].image_url.detail',
    ]);
  });

  it('reads an image in S3 by the extension of its key', () => {
    const s3Uri = 's3://my-bucket/a/b.c.JPG';
    expect(parsedPart(image(s3Uri))).to.deep.equal({ type: 'image', format: 'jpeg', source: { s3Uri } });
  });

  it('reads images between texts in their order, in tool results too', () => {
    const content = [{ type: 'text', text: 'a' }, image(data('image/png')), { type: 'text', text: 'b' }];
    const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } };
    const { messages } = parsed({
      messages: [
        { role: 'user', content },
        { role: 'assistant', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'a', content },
      ],
    });
    for (const index of [0, 2]) {
      expect(messages[index]?.content.map(({ type }) => type)).to.deep.equal(['text', 'image', 'text']);
    }
  });

  for (const [mime, format] of [
    ['video/mp4', 'mp4'],
    ['video/quicktime', 'mov'],
    ['video/3gpp', 'three_gp'],
    ['video/x-matroska', 'mkv'],
  ] as const) {
    it(`reads a video of ${mime}`, () => {
      expect(parsedPart(video(data(mime)))).to.deep.equal({ type: 'video', format, source: { bytes: BYTES } });
    });
  }

  it('reads a video in S3', () => {
    const s3Uri = 's3://my-bucket/clip.3gp';
    expect(parsedPart(video(s3Uri))).to.deep.equal({ type: 'video', format: 'three_gp', source: { s3Uri } });
  });

  it('reads a sound', () => {
    expect(parsedPart({ type: 'input_audio', input_audio: { data: PNG, format: 'WAV' } })).to.deep.equal({
      type: 'audio',
      format: 'wav',
      source: { bytes: BYTES },
    });
  });

  for (const [members, expected] of [
    [{ file_data: data('application/pdf') }, { type: 'document', format: 'pdf' }],
    [
      { file_data: data('application/pdf'), filename: 'a b.pdf' },
      { type: 'document', format: 'pdf', filename: 'a b.pdf' },
    ],
    [
      { file_data: data('text/plain'), filename: 'x.md' },
      { type: 'document', format: 'txt', filename: 'x.md' },
    ],
    [
      { file_data: data('application/octet-stream'), filename: 'x.DOCX' },
      { type: 'document', format: 'docx', filename: 'x.DOCX' },
    ],
    [
      { file_data: PNG, filename: 'x.csv' },
      { type: 'document', format: 'csv', filename: 'x.csv' },
    ],
    [
      { file_data: data('IMAGE/WEBP'), filename: 'x.webp' },
      { type: 'image', format: 'webp' },
    ],
    [{ file_data: data('video/webm') }, { type: 'video', format: 'webm' }],
    [
      { file_data: data('text/markdown'), file_id: null },
      { type: 'document', format: 'md' },
    ],
  ] as const) {
    it(`reads a file of ${JSON.stringify(members)}`, () => {
      expect(parsedPart(file(members))).to.deep.equal({ ...expected, source: { bytes: BYTES } });
    });
  }

  for (const [name, part] of [
    ['an image of another type', image(data('image/tiff'))],
    ['a text as an image', image(data('text/plain'))],
    ['a data URL without a type', image(`data:;base64,${PNG}`)],
    ['a data URL without ;base64', image(`data:image/png,${PNG}`)],
    ['a data URL without a comma', image('data:image/png;base64')],
    ['a data URL with ;base64 in another place', image(`data:image/png;base64;x=y,${PNG}`)],
    ['bytes that are not base64', image('data:image/png;base64,not base64!')],
    ['words of letters and spaces', image('data:image/png;base64,this is no image')],
    ['base64 without its padding', image('data:image/png;base64,iVBORw0KGgo')],
    ['no bytes', image('data:image/png;base64,')],
    ['an http address', image('http://example.com/x.png')],
    ['an https address', image('https://example.com/x.png')],
    ['an HTTPS address', image('HTTPS://example.com/x.png')],
    ['a file address', image('file:///etc/passwd')],
    ['an address without scheme', image('x.png')],
    ['a key in S3 without extension', image('s3://my-bucket/x')],
    ['a key in S3 of another type', image('s3://my-bucket/x.pdf')],
    ['a bucket without key', image('s3://my-bucket')],
    ['a bucket with a bad name', image('s3://My_Bucket/x.png')],
    ['a video of another type', video(data('video/ogg'))],
    ['a video at an http address', video('https://example.com/x.mp4')],
    ['a file by id', file({ file_id: 'file-1' })],
    ['a file by id beside its data', file({ file_id: 'file-1', file_data: data('application/pdf') })],
    ['a file of an unknown type', file({ file_data: data('application/zip') })],
    [
      'a file of an unknown type with an unknown extension',
      file({ file_data: data('application/zip'), filename: 'x.zip' }),
    ],
    ['a raw file without a name', file({ file_data: PNG })],
    ['a file that is not base64', file({ file_data: '%PDF-1.7', filename: 'x.pdf' })],
    ['an image in a file of another type', file({ file_data: data('image/tiff'), filename: 'x.pdf' })],
    ['a sound that is not base64', { type: 'input_audio', input_audio: { data: '???', format: 'wav' } }],
  ] as const) {
    it(`refuses ${name} at its part`, () => {
      const refusal = refusalOf(() => parsedPart(part));
      expect(refusal.status).to.equal(400);
      expect(refusal.param).to.equal('messages[0].content[0]');
    });
  }

  for (const [param, part] of [
    ['image_url', { type: 'image_url' }],
    ['image_url', { type: 'image_url', image_url: data('image/png') }],
    ['image_url.url', image(undefined)],
    ['image_url.url', image(5)],
    ['video_url', { type: 'video_url' }],
    ['input_audio', { type: 'input_audio' }],
    ['input_audio.format', { type: 'input_audio', input_audio: { data: PNG } }],
    ['input_audio.data', { type: 'input_audio', input_audio: { format: 'wav' } }],
    ['file', { type: 'file' }],
    ['file.file_data', file({})],
    ['file.filename', file({ file_data: data('application/pdf'), filename: 5 })],
  ] as const) {
    it(`refuses ${JSON.stringify(part)} at ${param}`, () => {
      expect(refusalOf(() => parsedPart(part)).param).to.equal(`messages[0].content[0].${param}`);
    });
  }

  it('says that addresses are not fetched', () => {
    expect(refusalOf(() => parsedPart(image('https://example.com/secret.png'))).message)
      .to.include('not fetched')
      .and.not.to.include('example.com');
  });
});
